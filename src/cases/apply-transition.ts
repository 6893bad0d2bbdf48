import type { Updateable } from 'kysely';
import { type CaseActor, type CaseState, decide, isActive, type TransitionName } from './case-status.ts';
import type { LockedCase } from './lock-case.ts';
import type { MediationCaseTable } from '../db/tables/case.ts';
import type { EventData, JournalActor } from '../db/tables/journal.ts';
import type { TownTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { EventCode } from '../journal/event-codes.ts';
import { type Change, recordChange } from '../outbox/record-change.ts';

export type TransitionChange = {
  name: TransitionName;
  by: CaseActor;
  /** The state that is meant, where the transition may lead to one of two. */
  want?: CaseState;
  code: EventCode;
  personId?: string;
  data?: EventData;
  /** The stream of what changed inside the case, told too. */
  inside?: Change['inside'];
  /** Columns that change with the state. */
  patch?: Updateable<MediationCaseTable>;
};

const JOURNAL_ACTOR: Record<CaseActor, JournalActor> = {
  requester: 'requester',
  party: 'party',
  partner: 'partner',
  mediator: 'staff',
  leader: 'staff',
  timer: 'timer',
  service: 'service',
};

/**
 * Takes one transition of the state machine on a locked case: new state, journal line, outbox row.
 * @returns the case as it now stands. @throws DomainError with the refusal's code; nothing is written then.
 */
export async function applyTransition(tx: TownTx, current: LockedCase, change: TransitionChange): Promise<LockedCase> {
  const decision = decide(change.name, change.by, current, change.want);
  if (!decision.allowed) throw new DomainError(decision.refusal);
  const moved = decision.to !== current.state;
  const closing = moved && !isActive(decision.to);
  const reopening = moved && !isActive(current.state);
  // A mistake is put right once: the state given back has no former state of its own.
  const formerState = moved ? (reopening ? null : current.state) : current.formerState;
  const closedAt = closing ? tx.now : reopening ? null : current.closedAt;
  const update = tx.db
    .updateTable('mediation_case')
    .set({
      ...(moved ? { state: decision.to, state_since: tx.now, former_state: formerState, closed_at: closedAt } : {}),
      ...change.patch,
    })
    .where('id', '=', current.id)
    .$if(!moved && !change.patch, (query) => query.set({ state: current.state }));
  await recordChange(tx, {
    update,
    caseId: current.id,
    code: change.code,
    actor: JOURNAL_ACTOR[change.by],
    closes: !isActive(decision.to),
    data: { transition: change.name, from: current.state, to: decision.to, ...change.data },
    ...(change.personId ? { personId: change.personId } : {}),
    ...(change.inside ? { inside: change.inside } : {}),
  });
  return { ...current, ...flagsOf(change.patch), state: decision.to, formerState, closedAt };
}

/** What a patch changes of the row that others go on working with. */
function flagsOf(patch: TransitionChange['patch']): Partial<LockedCase> {
  return {
    ...(typeof patch?.danger === 'boolean' ? { danger: patch.danger } : {}),
    ...(typeof patch?.family_danger === 'boolean' ? { familyDanger: patch.family_danger } : {}),
    ...(typeof patch?.suspended === 'boolean' ? { suspended: patch.suspended } : {}),
    ...(typeof patch?.waiting_for_partner === 'boolean' ? { waitingForPartner: patch.waiting_for_partner } : {}),
    ...(typeof patch?.cycle === 'number' ? { cycle: patch.cycle } : {}),
    ...(patch?.lead_id !== undefined ? { leadId: patch.lead_id } : {}),
  };
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx, type TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { resumeWaits } from '../deadlines/pause-waits.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { askAfterClosing } from '../evaluation/ask-after-closing.ts';
import { openWorkWaits } from '../evaluation/work-waits.ts';
import { leaveWithCase } from '../parties/leave-with-case.ts';
import { tellOtherParties } from '../parties/tell-parties.ts';
import { recordChange } from '../outbox/record-change.ts';
import { applyTransition } from './apply-transition.ts';
import {
  closingTransition,
  NOT_ENGAGED_OUTCOMES,
  type ProposableOutcome,
  PROPOSABLE_OUTCOMES,
  sendsElsewhere,
} from './case-outcome.ts';
import { BEFORE_MEDIATION, type CaseState, decide, TALKING, type TransitionName } from './case-status.ts';
import type { RelationMark } from '../parties/write-marks.ts';
import { requireClosable } from './closing-guard.ts';
import { CaseText } from './case-text.ts';
import { markRelations } from './closing-marks.ts';
import { type LockedCase, lockCase, requireLeader, requireMediatorOrLeader } from './lock-case.ts';
import { AFTER_CLOSING, AFTER_EVALUATION, NOTHING_HELD, stopEverything } from './stop-everything.ts';
import type { Staff } from './triage.command.ts';
import { writeRedirection } from './write-redirection.ts';

/** States in which the mediator writes notes; the wait for the next one begins again. */
const NOTED: readonly CaseState[] = [...BEFORE_MEDIATION, 'mediation'];

export type ClosingProposal = {
  caseId: string;
  outcome: ProposableOutcome;
  reason: string;
  /** Where the person goes from here, in words they read; needed where the outcome sends them elsewhere. */
  target?: string;
  /** The tension felt now, where it is known (R21). */
  tension?: number;
  /** How each side stands with the other now, as far as it is known (R10, R16). */
  marks?: readonly RelationMark[];
};
/** An open proposal, as the one who validates it takes it. */
type Open = { outcome: ProposableOutcome; target: string | undefined };

/**
 * T14, T33, first half: proposes to close. A leader's proposal is validated in the same transaction; a mediator's waits five
 * working days for the leader. @throws DomainError unknown_choice (target) when it sends the person elsewhere without saying where.
 */
export async function proposeClosing(ctx: CommandContext, by: Staff, input: ClosingProposal): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    const role = requireMediatorOrLeader(tx, theCase);
    const name = closingTransition(input.outcome, theCase.state);
    if (!name || !decide(name, 'leader', theCase, 'closed').allowed) throw new DomainError('not_allowed_now');
    await requireClosable(tx, policy, theCase, name, input.outcome);
    const text = new CaseText(ctx.keys, theCase);
    if (await isProposed(tx, theCase.id)) throw new DomainError('already_open');
    const target = sendsElsewhere(input.outcome) ? input.target : undefined;
    if (sendsElsewhere(input.outcome) && !target) throw new DomainError('unknown_choice', { field: 'target' });
    const leads = role === 'leader' || theCase.led;
    await tx.db
      .insertInto('closing_proposal')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        outcome: input.outcome,
        reason: text.seal('closing_proposal', 'reason', input.reason),
        target: target ? text.seal('closing_proposal', 'target', target) : null,
        proposed_by: by.personId,
        proposed_at: tx.now,
        tension: input.tension ?? null,
      })
      .execute();
    await markRelations(tx, theCase, input.marks ?? []);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'closing_proposed',
      actor: 'staff',
      personId: by.personId,
      data: { outcome: input.outcome },
    });
    await settleDeadlines(tx, theCase.id, ['closing_to_propose'], 'met');
    if (leads) return close(tx, policy, theCase, text, name, { outcome: input.outcome, target });
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind: 'closure_validation',
      announce: [{ audience: 'leader', template: 'closing_proposed' }],
    });
  });
}

/** T14, T33, second half: the leader validates the open proposal. */
export async function validateClosing(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    requireLeader(theCase);
    const text = new CaseText(ctx.keys, theCase);
    const proposal = await openProposal(tx, text, caseId);
    // The case may have gone on since it was proposed.
    const name = proposal && closingTransition(proposal.outcome, theCase.state);
    if (!name) throw new DomainError('not_allowed_now');
    await requireClosable(tx, policy, theCase, name, proposal.outcome);
    await close(tx, policy, theCase, text, name, proposal);
  });
}

/** The leader does not validate: the case goes on, and its mediator has that to read, in whatever state it is. */
export async function returnClosing(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    requireLeader(theCase);
    if (!(await isProposed(tx, caseId))) throw new DomainError('not_allowed_now');
    await answerProposal(tx, caseId, 'returned');
    await settleDeadlines(tx, caseId, ['closure_validation', 'no_note'], 'met');
    await recordChange(tx, { caseId, code: 'closing_returned', actor: 'staff', personId: by.personId });
    await openDeadline(tx, policy, {
      caseId,
      kind: 'task_closing_returned',
      announce: [{ audience: 'mediator', template: 'closing_returned' }],
    });
    if (NOTED.includes(theCase.state)) await openDeadline(tx, policy, { caseId, kind: 'no_note' });
  });
}

async function isProposed(tx: TownTx, caseId: string): Promise<boolean> {
  const open = await tx.db
    .selectFrom('closing_proposal')
    .select('id')
    .where('case_id', '=', caseId)
    .where('answer', 'is', null)
    .executeTakeFirst();
  return open !== undefined;
}

async function openProposal(tx: TownTx, text: CaseText, caseId: string): Promise<Open | undefined> {
  const proposal = await tx.db
    .selectFrom('closing_proposal')
    .select(['outcome', 'target'])
    .where('case_id', '=', caseId)
    .where('answer', 'is', null)
    .executeTakeFirst();
  const outcome = PROPOSABLE_OUTCOMES.find((known) => known === proposal?.outcome);
  if (!proposal || !outcome) return undefined;
  return { outcome, target: text.openOptional('closing_proposal', 'target', proposal.target) };
}

async function answerProposal(tx: StaffTx, caseId: string, said: 'validated' | 'returned'): Promise<void> {
  await tx.db
    .updateTable('closing_proposal')
    .set({ answer: said, answered_by: tx.actor.personId, answered_at: tx.now })
    .where('case_id', '=', caseId)
    .where('answer', 'is', null)
    .execute();
}

/** What validating does, once nothing stands against it. */
async function close(
  tx: StaffTx,
  policy: TownPolicy,
  theCase: LockedCase,
  text: CaseText,
  name: TransitionName,
  { outcome, target }: Open,
): Promise<void> {
  await answerProposal(tx, theCase.id, 'validated');
  await stopEverything(tx, policy, theCase, name === 'T28' ? AFTER_EVALUATION : AFTER_CLOSING, true);
  const closed = await applyTransition(tx, theCase, {
    name,
    by: 'leader',
    want: 'closed',
    code: 'case_closed',
    personId: tx.actor.personId,
    data: { outcome },
    patch: { outcome, ...NOTHING_HELD },
  });
  if (target) await writeRedirection(tx, text, theCase.id, { motive: outcome, target });
  // A check that was paused with the case is asked for after it: nothing holds it any more.
  await resumeWaits(tx, policy, theCase.id);
  if (await hasWork(tx, theCase)) await openWorkWaits(tx, policy, theCase);
  const key = String(tx.now.getTime());
  await queueRequesterMail(tx, policy, closed, { template: 'closed', key, call: true });
  // Told first: whoever has left is written to no more.
  await tellOtherParties(tx, policy, closed, { template: 'party_closed', key });
  if (NOT_ENGAGED_OUTCOMES.some((known) => known === outcome)) await leaveWithCase(tx, policy, theCase.id);
  if (name !== 'T28') await askAfterClosing(tx, policy, closed);
}

/** States a mediator works in. */
const WORKED: readonly CaseState[] = [...TALKING, 'evaluation'];

/** Somebody of the team spoke with the person: there is work to look back at (F9, R57: per case). */
async function hasWork(tx: StaffTx, theCase: LockedCase): Promise<boolean> {
  if (!WORKED.includes(theCase.state)) return false;
  const spoken = await tx.db
    .selectFrom('mediation_case')
    .select('id')
    .where('id', '=', theCase.id)
    .where('reached_at', 'is not', null)
    .executeTakeFirst();
  return spoken !== undefined;
}

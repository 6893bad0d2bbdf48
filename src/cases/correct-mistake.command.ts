import { sql } from 'kysely';
import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import type { DeadlineKind } from '../deadlines/kinds.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { resumeWaits } from '../deadlines/pause-waits.ts';
import { isSomebodyWaitedFor } from '../deadlines/reopen-waits.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { ENDINGS } from '../journal/event-codes.ts';
import { latestEvent } from '../journal/latest-event.query.ts';
import { missingAgreements } from '../parties/agreement-status.ts';
import { partiesOf } from '../parties/standing.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseState } from './case-status.ts';
import { CaseText } from './case-text.ts';
import { type LockedCase, lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';
import { undoEnding } from './undo-ending.ts';

const CORRECTION_WORKING_DAYS = 2;

/** Who is waited for in this state, where what was waited for before had run out already; the evaluation is late then, and stands so. */
const WAIT_OF_STATE: Partial<Record<CaseState, DeadlineKind>> = {
  received: 'triage',
  in_triage: 'triage',
  more_info_needed: 'more_info',
  accepted: 'assignment',
  assigned: 'mediator_answer',
  first_contact: 'no_note',
  agreements: 'no_note',
  support: 'no_note',
  mediation: 'no_note',
  follow_up: 'no_note',
};

/**
 * T35: puts a mistake right within two working days: the case stands as it did before that ending, waits and agreements included. The facts are
 * superseded by new rows, never edited.
 * @throws DomainError too_late after that; ended_by_person when the person stopped it with the code: only they may take that back
 * (line 2); agreement_missing when somebody whose agreement the mediation needs has left since (invariant 1); not_allowed_now when nothing was
 * closed, or it was put right already.
 */
export async function correctMistake(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; reason: string },
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    if (await endedByPerson(tx, theCase.id)) throw new DomainError('ended_by_person');
    if (!theCase.closedAt) throw new DomainError('not_allowed_now');
    const { calendar } = policy;
    const lastDay = addWorkingDays(calendar, localDay(calendar, theCase.closedAt), CORRECTION_WORKING_DAYS);
    if (localDay(calendar, tx.now) > lastDay) throw new DomainError('too_late');
    const { suspended } = await undoEnding(tx, policy, theCase, theCase.closedAt);
    const restored = await applyTransition(tx, theCase, {
      name: 'T35',
      by: 'leader',
      code: 'mistake_corrected',
      personId: by.personId,
      patch: { outcome: null, merged_into: null, suspended },
    });
    await tx.db
      .insertInto('case_correction')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        from_state: theCase.state,
        to_state: restored.state,
        reason: new CaseText(ctx.keys, theCase).seal('case_correction', 'reason', input.reason),
        corrected_by: by.personId,
        corrected_at: tx.now,
      })
      .execute();
    await requireStillAgreed(tx, restored);
    if (restored.state === 'assigned') await proposeAgain(tx, theCase.id);
    await resumeWaits(tx, policy, theCase.id);
    await waitAgain(tx, policy, restored);
  });
}

/** Invariant 1: somebody may have taken an agreement back since the case was closed. */
async function requireStillAgreed(tx: StaffTx, restored: LockedCase): Promise<void> {
  if (restored.state !== 'mediation') return;
  if (missingAgreements(restored, await partiesOf(tx, restored.id)).length > 0)
    throw new DomainError('agreement_missing');
}

/** The proposal to the mediator that the ending took back, once more, with its reasons. */
async function proposeAgain(tx: StaffTx, caseId: string): Promise<void> {
  await sql`
    insert into assignment (case_id, town_id, mediator_id, second_id, proposed_by, override_reason, proposed_at)
    select case_id, town_id, mediator_id, second_id, ${tx.actor.personId}::uuid, override_reason, ${tx.now}::timestamptz
    from assignment where case_id = ${caseId} order by proposed_at desc limit 1`.execute(tx.db);
}

async function waitAgain(tx: StaffTx, policy: TownPolicy, restored: LockedCase): Promise<void> {
  const kind = WAIT_OF_STATE[restored.state];
  if (!kind || (await isSomebodyWaitedFor(tx, restored.id))) return;
  await openDeadline(tx, policy, { caseId: restored.id, kind, reason: 'mistake_corrected' });
}

/** How the case ended the last time. */
async function endedByPerson(tx: StaffTx, caseId: string): Promise<boolean> {
  const ended = await latestEvent(tx, caseId, ENDINGS);
  return ended?.code === 'request_withdrawn' && ended.actor === 'requester';
}

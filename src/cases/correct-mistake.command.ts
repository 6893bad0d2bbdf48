import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import type { DeadlineKind } from '../deadlines/kinds.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { ENDINGS } from '../journal/event-codes.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseState } from './case-status.ts';
import { CaseText } from './case-text.ts';
import { watchDanger } from './danger.command.ts';
import { lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

const CORRECTION_WORKING_DAYS = 2;

/** Who is waited for once the case stands in this state again. */
const WAIT_OF_STATE: Partial<Record<CaseState, DeadlineKind>> = {
  received: 'triage',
  in_triage: 'triage',
  more_info_needed: 'more_info',
  accepted: 'assignment',
  assigned: 'mediator_answer',
  first_contact: 'no_note',
};

/**
 * T35: puts a mistake right within two working days. The facts are superseded by new rows, never edited.
 * @throws DomainError too_late after that; ended_by_person when the person stopped it with the code: only they may take that back
 * (line 2); not_allowed_now when nothing was closed, or it was put right already.
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
    if (theCase.closedAt) {
      const lastDay = addWorkingDays(
        policy.calendar,
        localDay(policy.calendar, theCase.closedAt),
        CORRECTION_WORKING_DAYS,
      );
      if (localDay(policy.calendar, tx.now) > lastDay) throw new DomainError('too_late');
    }
    await settleDeadlines(tx, theCase.id, 'all', 'cancelled');
    const restored = await applyTransition(tx, theCase, {
      name: 'T35',
      by: 'leader',
      code: 'mistake_corrected',
      personId: by.personId,
      patch: { outcome: null },
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
    if (restored.state === 'assigned') await reopenAssignment(restored.leadId, restored.secondId);
    const kind = WAIT_OF_STATE[restored.state];
    if (kind) await openDeadline(tx, policy, { caseId: theCase.id, kind, reason: 'mistake_corrected' });
    if (restored.danger && !(await isDecided(tx, theCase.id))) await watchDanger(tx, policy, restored);

    async function reopenAssignment(mediatorId: string | null, secondId: string | null): Promise<void> {
      if (!mediatorId) return;
      await tx.db
        .insertInto('assignment')
        .values({
          case_id: theCase.id,
          town_id: by.townId,
          mediator_id: mediatorId,
          second_id: secondId,
          proposed_by: by.personId,
          override_reason: null,
          proposed_at: tx.now,
        })
        .execute();
    }
  });
}

/** How the case ended the last time. */
async function endedByPerson(tx: StaffTx, caseId: string): Promise<boolean> {
  const ended = await tx.db
    .selectFrom('case_event')
    .select(['code', 'actor'])
    .where('case_id', '=', caseId)
    .where('code', 'in', [...ENDINGS])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return ended?.code === 'request_withdrawn' && ended.actor === 'requester';
}

async function isDecided(tx: StaffTx, caseId: string): Promise<boolean> {
  const decision = await tx.db
    .selectFrom('danger_decision')
    .select('id')
    .where('case_id', '=', caseId)
    .limit(1)
    .executeTakeFirst();
  return decision !== undefined;
}

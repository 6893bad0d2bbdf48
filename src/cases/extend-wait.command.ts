import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import type { DeadlineKind } from '../deadlines/kinds.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/** Working days a leader may add at once. */
export const EXTENSIONS = ['5', '10', '20'] as const;

/** Which wait had run out when the task was made; every other one goes on as it is, danger first of all. */
const WAIT_OF_REASON: Record<string, DeadlineKind> = {
  question_unanswered: 'more_info',
  not_reached: 'contact_attempts',
  agreement_unanswered: 'agreement',
};

/**
 * The « prolonger » of « clore ou prolonger » (spec §4.3): the wait that has run out starts again, due in so many working days, with
 * its own reminders, and the task is done. Where several have run out, the one that did first.
 * @throws DomainError not_allowed_now when the task is no longer open.
 */
export async function extendWait(
  ctx: CommandContext,
  by: Staff,
  { caseId, workingDays }: { caseId: string; workingDays: number },
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    requireLeader(await lockCase(tx, caseId));
    const open = await tx.db
      .selectFrom('deadline')
      .select(['kind', 'reason', 'party_id as partyId'])
      .where('case_id', '=', caseId)
      .where('state', '=', 'open')
      .orderBy('opened_at')
      .execute();
    const asked = open.find(({ kind }) => kind === 'task_close_or_extend');
    const wait = asked?.reason ? WAIT_OF_REASON[asked.reason] : undefined;
    if (!wait) throw new DomainError('not_allowed_now');
    const about = asked?.partyId ? { partyId: asked.partyId } : {};
    await settleDeadlines(tx, caseId, ['task_close_or_extend', wait], 'met', about);
    await openDeadline(tx, policy, { caseId, kind: wait, target: { unit: 'working_day', n: workingDays }, ...about });
    await recordChange(tx, {
      caseId,
      code: 'deadline_extended',
      actor: 'staff',
      personId: by.personId,
      data: { days: workingDays },
    });
  });
}

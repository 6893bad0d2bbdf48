import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { isActive } from './case-status.ts';
import { lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/** After the first review, sixty working days after acceptance, the next one is due every thirty (spec §4.4, R43). */
const NEXT_REVIEW = 30;

/** The leader has looked at a case that lasts, with its mediator; the alarm of a long case, once it has rung, is answered by it too. */
export async function holdReview(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    requireLeader(theCase);
    if (!isActive(theCase.state)) throw new DomainError('not_allowed_now');
    await settleDeadlines(tx, caseId, ['case_review'], 'met');
    await settleDeadlines(tx, caseId, ['long_case'], 'met', { dueBy: tx.now });
    await openDeadline(tx, policy, { caseId, kind: 'case_review', target: { unit: 'working_day', n: NEXT_REVIEW } });
    await recordChange(tx, { caseId, code: 'review_held', actor: 'staff', personId: by.personId });
  });
}

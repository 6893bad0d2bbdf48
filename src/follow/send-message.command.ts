import { isOpenToPerson } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import { takeAnswer } from '../cases/take-answer.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PublicTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';

/**
 * A message of the person. When a question waits it is the answer (T5): the case goes back to triage. Otherwise somebody reads it
 * within two working days.
 */
export async function sendMessage(
  ctx: CommandContext,
  by: { townId: string; caseId: string; form?: string },
  text: string,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_public', ...by }, async (tx) => {
    const theCase = await lockCase(tx, by.caseId);
    if (!isOpenToPerson(theCase.state)) throw new DomainError('not_allowed_now');
    if (theCase.state === 'more_info_needed') return takeAnswer(tx, ctx, policy, theCase, { text });
    await tx.db
      .insertInto('case_message')
      .values({
        case_id: by.caseId,
        town_id: by.townId,
        kind: 'message',
        author_id: null,
        body: new CaseText(ctx.keys, theCase).seal('case_message', 'body', text),
        at: tx.now,
      })
      .execute();
    await recordChange(tx, { caseId: by.caseId, code: 'message_received', actor: 'requester' });
    if (await isToRead(tx, by.caseId)) return;
    await openDeadline(tx, policy, {
      caseId: by.caseId,
      kind: 'task_read_message',
      announce: [{ audience: theCase.leadId ? 'mediator' : 'leader', template: 'message_received' }],
    });
  });
}

/** One task, however many messages: the first not read yet says when (nobody fills a worklist by writing). */
async function isToRead(tx: PublicTx, caseId: string): Promise<boolean> {
  const open = await tx.db
    .selectFrom('deadline')
    .select('id')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'task_read_message')
    .where('state', '=', 'open')
    .executeTakeFirst();
  return open !== undefined;
}

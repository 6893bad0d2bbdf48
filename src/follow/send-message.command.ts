import type { KeptFile } from '../attachments/accept-file.ts';
import { insertAttachments } from '../attachments/insert-attachment.ts';
import { holdsData, isOpenToPerson } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import { takeAnswer } from '../cases/take-answer.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PublicTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { askToRead } from '../parties/ask-to-read.ts';

/**
 * A message of the person. When a question waits it is the answer (T5): the case goes back to triage. Otherwise somebody reads it
 * within two working days: the mediator, or whoever leads once the request has ended.
 * @param voice said beside what is written, or instead: the text is then empty; not after the end, when files are on their way out.
 */
export async function sendMessage(
  ctx: CommandContext,
  by: { townId: string; caseId: string; form?: string },
  text: string,
  voice?: KeptFile,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_public', ...by }, async (tx) => {
    const theCase = await lockCase(tx, by.caseId);
    if (!holdsData(theCase.state) || (voice && !isOpenToPerson(theCase.state)))
      throw new DomainError('not_allowed_now');
    const partyId = await requesterOf(tx, by.caseId);
    if (voice) await insertAttachments(tx, new CaseText(ctx.keys, theCase), theCase, partyId, [voice]);
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
    await askToRead(tx, policy, theCase, partyId);
  });
}

async function requesterOf(tx: PublicTx, caseId: string): Promise<string> {
  const party = await tx.db
    .selectFrom('party')
    .select('id')
    .where('case_id', '=', caseId)
    .where('side', '=', 'requester')
    .executeTakeFirstOrThrow();
  return party.id;
}

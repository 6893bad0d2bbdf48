import type { KeptFile } from '../attachments/accept-file.ts';
import { insertVoice } from '../attachments/insert-attachment.ts';
import { holdsData, isOpenToPerson } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { takeAnswer } from '../cases/take-answer.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { asHolder } from '../parties/as-holder.ts';
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
  await asHolder(ctx, by, async ({ tx, policy, theCase, party }) => {
    if (!holdsData(theCase.state) || (voice && !isOpenToPerson(theCase.state)))
      throw new DomainError('not_allowed_now');
    const sealed = new CaseText(ctx.keys, theCase);
    const voiceId = await insertVoice(tx, sealed, theCase, party.id, voice);
    if (theCase.state === 'more_info_needed') return takeAnswer(tx, ctx, policy, theCase, { text, voiceId });
    await tx.db
      .insertInto('case_message')
      .values({
        case_id: by.caseId,
        town_id: by.townId,
        kind: 'message',
        author_id: null,
        body: sealed.seal('case_message', 'body', text),
        voice_id: voiceId,
        at: tx.now,
      })
      .execute();
    await recordChange(tx, { caseId: by.caseId, code: 'message_received', actor: 'requester' });
    await askToRead(tx, policy, theCase, party.id);
  });
}

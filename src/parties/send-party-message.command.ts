import type { KeptFile } from '../attachments/accept-file.ts';
import { insertVoice } from '../attachments/insert-attachment.ts';
import { CaseText } from '../cases/case-text.ts';
import { holdsData, isActive } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { asHolder } from './as-holder.ts';
import { askToRead } from './ask-to-read.ts';
import type { PartySeat } from './party-session.command.ts';

/**
 * A message of the other party, read within two working days by the mediator, or by whoever leads once the case has ended; one task, however many
 * messages of its own.
 */
export async function sendPartyMessage(
  ctx: CommandContext,
  by: PartySeat & { townId: string; form?: string },
  text: string,
  voice?: KeptFile,
): Promise<void> {
  await asHolder(ctx, by, async ({ tx, policy, theCase, party }) => {
    if (!holdsData(theCase.state) || party.ended || (voice && !isActive(theCase.state)))
      throw new DomainError('not_allowed_now');
    const sealed = new CaseText(ctx.keys, theCase);
    const voiceId = await insertVoice(tx, sealed, theCase, by.partyId, voice);
    await tx.db
      .insertInto('party_message')
      .values({
        party_id: by.partyId,
        case_id: by.caseId,
        town_id: by.townId,
        from_team: false,
        author_id: null,
        body: sealed.seal('party_message', 'body', text),
        voice_id: voiceId,
        at: tx.now,
      })
      .execute();
    await recordChange(tx, {
      caseId: by.caseId,
      code: 'message_received',
      actor: 'party',
      data: { party: by.partyId },
    });
    await askToRead(tx, policy, theCase, by.partyId);
  });
}

import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { onOwnCase } from './on-own-case.ts';

/**
 * Whoever sent a file takes it back, as long as nobody has opened it: bytes and name go, the line of the journal stays.
 * @throws DomainError not_found when it is not theirs, was read, or is gone; not_allowed_now once the request has ended.
 */
export async function removeAttachment(ctx: CommandContext, holder: CodeHolder, attachmentId: string): Promise<void> {
  await onOwnCase(ctx, holder, async ({ tx, theCase, party }) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('attachment')
      .set({ state: 'removed', name: null })
      .where('id', '=', attachmentId)
      .where('party_id', '=', party.id)
      .where('read_at', 'is', null)
      .where('state', 'in', ['quarantined', 'checked'])
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new DomainError('not_found');
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'attachment_removed',
      actor: holder.partyId ? 'party' : 'requester',
      data: { attachment: attachmentId, party: party.id },
    });
  });
}

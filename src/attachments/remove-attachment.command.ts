import type { CommandContext } from '../command-context.ts';
import type { HolderTx } from '../db/transaction.ts';
import { recordChange } from '../outbox/record-change.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { onOwnCase } from './on-own-case.ts';

/** Why a file stays where it is, as its sender reads it: the team opened it, it was lost to the antivirus, there is no such file of theirs. */
export type StaysBecause = 'gone' | 'lost' | 'not_here';

/**
 * Whoever sent a file takes it back, as long as nobody has opened it: bytes and name go, the line of the journal stays. Taken back already, in
 * another tab: what was wanted is so.
 * @returns why it stays; nothing once it is taken back. @throws DomainError not_allowed_now once the request has ended, already_done.
 */
export async function removeAttachment(
  ctx: CommandContext,
  holder: CodeHolder,
  attachmentId: string,
): Promise<StaysBecause | undefined> {
  let stays: StaysBecause | undefined;
  await onOwnCase(ctx, holder, async ({ tx, theCase, party }) => {
    const found = await standing(tx, attachmentId, party.id);
    if (found === 'removed') return;
    if (found !== 'may_go') return void (stays = found);
    await tx.db
      .updateTable('attachment')
      .set({ state: 'removed', name: null })
      .where('id', '=', attachmentId)
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'attachment_removed',
      actor: holder.partyId ? 'party' : 'requester',
      data: { attachment: attachmentId, party: party.id },
    });
  });
  return stays;
}

async function standing(tx: HolderTx, id: string, partyId: string): Promise<StaysBecause | 'removed' | 'may_go'> {
  const file = await tx.db
    .selectFrom('attachment')
    .select(['state', 'read_at as readAt'])
    .where('id', '=', id)
    .where('party_id', '=', partyId)
    .executeTakeFirst();
  if (!file || file.state === 'erased') return 'not_here';
  if (file.state === 'removed') return 'removed';
  if (file.state === 'infected') return 'lost';
  return file.readAt ? 'gone' : 'may_go';
}

import type { CommandContext } from '../command-context.ts';
import type { AttachmentKind, AttachmentState } from '../db/tables/attachment.ts';
import { type CodeHolder, readAsHolder } from '../parties/code-holder.ts';
import { partiesOf } from '../parties/standing.ts';
import { maySend } from './may-send.ts';

export type OwnAttachment = {
  id: string;
  kind: AttachmentKind;
  name: string | undefined;
  state: AttachmentState;
  sentAt: Date;
  /** Nobody has opened it: it may be taken back. */
  mayGo: boolean;
};
export type OwnAttachments = {
  number: string;
  /** This side may send. */
  open: boolean;
  files: OwnAttachment[];
};

/** What one side of a case sent, as it sees it itself: the oldest first, without those that are gone. */
export async function ownAttachments(ctx: CommandContext, holder: CodeHolder): Promise<OwnAttachments> {
  return readAsHolder(ctx, holder, async (tx, text, { number, state }) => {
    const [party] = await partiesOf(tx, holder.caseId);
    const files = party
      ? await tx.db
          .selectFrom('attachment')
          .select(['id', 'kind', 'name', 'state', 'sent_at as sentAt', 'read_at as readAt'])
          .where('party_id', '=', party.id)
          .where('state', 'in', ['quarantined', 'checked', 'infected'])
          .orderBy('sent_at')
          .orderBy('id')
          .execute()
      : [];
    return {
      number,
      open: party !== undefined && maySend(state, party),
      files: files.map(({ name, readAt, ...file }) => ({
        ...file,
        name: text.openOptional('attachment', 'name', name),
        mayGo: readAt === null && file.state !== 'infected',
      })),
    };
  });
}

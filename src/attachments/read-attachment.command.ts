import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { AttachmentKind, AttachmentMedia } from '../db/tables/attachment.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { noteRead } from '../journal/note-read.ts';

type Which = { caseId: string; attachmentId: string };
export type ReadAttachment = { kind: AttachmentKind; media: AttachmentMedia; bytes: Buffer };

/**
 * Somebody of the team opens a file: only once it is through the checks. The reading is written down in the same transaction (R88), and from now on
 * its sender can no longer take it back. @throws DomainError not_found for everything else, all alike.
 */
export async function readAttachment(ctx: CommandContext, person: Staff, which: Which): Promise<ReadAttachment> {
  return inTransaction(ctx.db, asActor(person), async (tx) => {
    const theCase = await lockCase(tx, which.caseId);
    const file = await checkedOne(tx, which);
    await noteRead(tx, { kind: 'case_viewed', caseId: which.caseId, groups: ['attachments'] });
    await tx.db
      .updateTable('attachment')
      .set({ read_at: tx.now })
      .where('id', '=', which.attachmentId)
      .where('read_at', 'is', null)
      .execute();
    const { body } = await tx.db
      .selectFrom('attachment_content')
      .select('body')
      .where('attachment_id', '=', which.attachmentId)
      .executeTakeFirstOrThrow();
    const bytes = new CaseText(ctx.keys, theCase).openFile('attachment_content', 'body', body);
    return { kind: file.kind, media: file.media, bytes };
  });
}

/** What the page that plays a recording says; the recording itself is not read by it. @throws DomainError not_found. */
export async function voiceToHear(
  ctx: CommandContext,
  person: Staff,
  which: Which,
): Promise<{ number: string; sentAt: Date }> {
  return inTransaction(ctx.db, asActor(person), async (tx) => {
    const { number } = await lockCase(tx, which.caseId);
    const file = await checkedOne(tx, which);
    if (file.kind !== 'voice') throw new DomainError('not_found');
    await noteRead(tx, { kind: 'case_viewed', caseId: which.caseId, groups: ['attachments'] });
    return { number, sentAt: file.sentAt };
  });
}

async function checkedOne(tx: StaffTx, { caseId, attachmentId }: Which) {
  const file = await tx.db
    .selectFrom('attachment')
    .select(['kind', 'media', 'sent_at as sentAt'])
    .where('id', '=', attachmentId)
    .where('case_id', '=', caseId)
    .where('state', '=', 'checked')
    .executeTakeFirst();
  if (!file) throw new DomainError('not_found');
  return file;
}

function asActor({ townId, personId }: Staff): StaffTx['actor'] {
  return { role: 'app_staff', townId, personId };
}

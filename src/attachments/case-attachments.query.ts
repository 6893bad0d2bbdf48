import type { CaseText } from '../cases/case-text.ts';
import type { AttachmentKind, AttachmentState } from '../db/tables/attachment.ts';
import type { StaffTx } from '../db/transaction.ts';

/** One file of a case as the team sees it in the list; what is in it is read apart. */
export type AttachmentView = {
  id: string;
  partyId: string;
  kind: AttachmentKind;
  name: string | undefined;
  bytes: number;
  state: AttachmentState;
  antivirus: 'clean' | 'none' | null;
  sentAt: Date;
  isRead: boolean;
};

/** Everything the people of a case sent, also what is gone, the oldest first. The caller has written the reading down. */
export async function caseAttachments(tx: StaffTx, text: CaseText, caseId: string): Promise<AttachmentView[]> {
  const rows = await tx.db
    .selectFrom('attachment')
    .select([
      'id',
      'party_id as partyId',
      'kind',
      'name',
      'bytes',
      'state',
      'antivirus',
      'sent_at as sentAt',
      'read_at as readAt',
    ])
    .where('case_id', '=', caseId)
    .orderBy('sent_at')
    .orderBy('id')
    .execute();
  return rows.map(({ readAt, name, ...row }) => ({
    ...row,
    name: text.openOptional('attachment', 'name', name),
    isRead: readAt !== null,
  }));
}

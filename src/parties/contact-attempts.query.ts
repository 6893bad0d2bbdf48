import type { CaseText } from '../cases/case-text.ts';
import type { ContactAttemptTable } from '../db/tables/case.ts';
import type { StaffTx } from '../db/transaction.ts';

/** One try to reach a party (R33). */
export type ContactAttempt = {
  /** Nobody for the requester. */
  partyId: string | null;
  way: ContactAttemptTable['way'];
  reached: boolean;
  note: string | undefined;
  at: Date;
};

/** Every try of a case, oldest first. The caller has written the reading down. */
export async function contactAttempts(tx: StaffTx, text: CaseText, caseId: string): Promise<ContactAttempt[]> {
  const rows = await tx.db
    .selectFrom('contact_attempt')
    .select(['party_id as partyId', 'way', 'reached', 'note', 'at'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute();
  return rows.map((row) => ({ ...row, note: text.openOptional('contact_attempt', 'note', row.note) }));
}

import type { StaffTx } from '../db/transaction.ts';

/** The parties whose opinion may be given on this day, and who holds a paper copy; not who has given it. */
export async function opinionsAsked(
  tx: StaffTx,
  caseId: string,
  today: string,
): Promise<{ partyId: string; onPaper: boolean }[]> {
  const open = await tx.db
    .selectFrom('questionnaire')
    .select(['party_id as partyId', 'paper_hash as paper'])
    .where('case_id', '=', caseId)
    .where('closes_on', '>=', today)
    .execute();
  return open.map(({ partyId, paper }) => ({ partyId, onPaper: paper !== null }));
}

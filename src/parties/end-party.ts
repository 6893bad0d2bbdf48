import type { TownTx } from '../db/transaction.ts';

/** A party leaves the case. @param eraseAfter the day from which its contact is erased by the night (§3.5); never kept where left out. */
export async function endParty(
  tx: TownTx,
  partyId: string,
  reason: 'refused' | 'no_answer' | 'withdrawn' | 'left',
  eraseAfter: string,
): Promise<void> {
  await tx.db.updateTable('party').set({ ended_at: tx.now, end_reason: reason }).where('id', '=', partyId).execute();
  await tx.db.updateTable('party_identity').set({ erase_after: eraseAfter }).where('party_id', '=', partyId).execute();
}

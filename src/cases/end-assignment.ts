import type { TownTx } from '../db/transaction.ts';

/** A case that ends leaves no proposal to a mediator without an answer: it could not be assigned again after T35. */
export async function endOpenAssignment(tx: TownTx, caseId: string): Promise<void> {
  await tx.db
    .updateTable('assignment')
    .set({ answer: 'ended', answered_at: tx.now })
    .where('case_id', '=', caseId)
    .where('answer', 'is', null)
    .execute();
}

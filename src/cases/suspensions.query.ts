import type { StaffTx } from '../db/transaction.ts';

/** How often it rested in this cycle: a relapse or a reopening starts anew. */
export async function suspensionsIn(tx: StaffTx, theCase: { id: string; cycle: number }): Promise<number> {
  const found = await tx.db
    .selectFrom('suspension')
    .select('id')
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .execute();
  return found.length;
}

import type { WorkerTx } from '../db/transaction.ts';

/**
 * Holds the mail of a day before its lines are read: one that is being added is waited for, and none can be added afterwards.
 * @returns false when it has left, or is leaving.
 */
export async function holdMail(tx: WorkerTx, mailId: string): Promise<boolean> {
  const held = await tx.db
    .selectFrom('mail')
    .select('id')
    .where('id', '=', mailId)
    .where('state', '=', 'queued')
    .forUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

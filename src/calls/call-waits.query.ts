import type { WorkerTx } from '../db/transaction.ts';
import { CALL_TABLE } from './call-choices.ts';

/** Whether anybody waits to be called with an interpreter. @param dueBy until this day (YYYY-MM-DD) only. `call_to_make` serves it. */
export async function callWaits(tx: WorkerTx, dueBy?: string): Promise<boolean> {
  let waiting = tx.db
    .selectFrom(CALL_TABLE)
    .select('id')
    .where('town_id', '=', tx.actor.townId)
    .where('outcome', 'is', null)
    .where('phone', 'is not', null);
  if (dueBy) waiting = waiting.where('due_day', '<=', dueBy);
  return (await waiting.limit(1).executeTakeFirst()) !== undefined;
}

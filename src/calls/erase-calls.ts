import { sql } from 'kysely';
import type { WorkerTx } from '../db/transaction.ts';
import { KEPT_DAYS_AFTER_CALL, KEPT_MONTHS_AT_MOST } from './call-choices.ts';

/** Number and first name go a week after the call, and three months after they were given (spec §3.5), with the key that opens them. `call_to_erase` serves it. */
export async function eraseCalls(tx: WorkerTx): Promise<void> {
  await sql`
    update interpreter_call set phone = null, first_name = null, wrapped_key = null
    where town_id = ${tx.actor.townId} and phone is not null
      and (settled_at <= ${tx.now}::timestamptz - make_interval(days => ${KEPT_DAYS_AFTER_CALL})
        or asked_at <= ${tx.now}::timestamptz - make_interval(months => ${KEPT_MONTHS_AT_MOST}))`.execute(tx.db);
}

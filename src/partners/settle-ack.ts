import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { partnerRequestStream } from '../outbox/streams.ts';

/** Ends the question « Avez-vous bien reçu ? » of one request: `met` when it was acknowledged, `cancelled` when it was asked and nobody said. */
export async function settleAck(tx: TownTx, requestId: string, how: 'met' | 'cancelled'): Promise<void> {
  const stream = partnerRequestStream(requestId);
  await sql`
    with settled as (
      update deadline set state = ${how}, settled_at = ${tx.now}
      where stream_id = ${stream} and kind = 'partner_ack' and state = 'open' returning id
    )
    update step set state = 'cancelled', acted_at = ${tx.now}
    where deadline_id in (select id from settled) and state = 'pending'`.execute(tx.db);
}

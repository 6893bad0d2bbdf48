import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import type { StreamId } from '../outbox/streams.ts';

/** Ends what one stream inside a case waits for: its open deadlines and pending steps (a ladder stops with the first answer, R62). */
export async function settleStream(tx: TownTx, stream: StreamId, how: 'met' | 'cancelled'): Promise<void> {
  await sql`
    with settled as (
      update deadline set state = ${how}, settled_at = ${tx.now} where stream_id = ${stream} and state = 'open' returning id
    )
    update step set state = 'cancelled', acted_at = ${tx.now}
    where stream_id = ${stream} and state in ('pending', 'paused')`.execute(tx.db);
}

import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import type { StreamId } from '../outbox/streams.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { tellStream } from '../outbox/record-change.ts';

/** Ends what one stream inside a case waits for: its open deadlines and pending steps (a ladder stops with the first answer, R62). */
export async function settleStream(tx: TownTx, stream: StreamId, how: 'met' | 'cancelled'): Promise<void> {
  await sql`
    with settled as (
      update deadline set state = ${how}, settled_at = ${tx.now} where stream_id = ${stream} and state = 'open' returning id
    )
    update step set state = 'cancelled', acted_at = ${tx.now}
    where stream_id = ${stream} and state in ('pending', 'paused')`.execute(tx.db);
}

/** Everything asked of partners for a case that ends: cancelled in the same transaction, their workflows told (invariant 2 of §4.13). */
export async function cancelOpenRequests(tx: TownTx, theCase: { id: string }): Promise<void> {
  const open = await tx.db
    .updateTable('partner_request')
    .set({ state: 'cancelled', ended_at: tx.now })
    .where('case_id', '=', theCase.id)
    .where('state', 'in', ['sent', 'acknowledged', 'in_hand', 'needs_info'])
    .returning('id')
    .execute();
  for (const { id } of open) {
    const stream = partnerRequestStream(id);
    await settleStream(tx, stream, 'cancelled');
    await tellStream(tx, 'partner_request_cancelled', { stream, subjectId: id, closes: true });
  }
}

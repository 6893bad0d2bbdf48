import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { tellStream } from '../outbox/record-change.ts';
import { UNENDED } from './request-status.ts';

/** Ends what is left to do about a request nobody waits for any more: its tasks, and its point of the next agenda. */
export async function settleRequest(tx: TownTx, requestId: string): Promise<void> {
  await sql`select settle_request(${requestId}::uuid)`.execute(tx.db);
}

/**
 * Everything asked of partners for a case that ends: cancelled in the same transaction, their workflows told (invariant 2 of §4.13).
 * @param keepInHand an ordinary closing: what an organisation has taken in hand stays its own answer (R61). Nobody asks about it any more;
 * the organisation may still say that it is done.
 */
export async function cancelOpenRequests(
  tx: TownTx,
  theCase: { id: string },
  { keepInHand }: { keepInHand: boolean },
): Promise<void> {
  const open = await tx.db
    .selectFrom('partner_request')
    .select(['id', 'state'])
    .where('case_id', '=', theCase.id)
    .where('state', 'in', UNENDED)
    .execute();
  for (const { id, state } of open) {
    if (!(keepInHand && state === 'in_hand'))
      await tx.db
        .updateTable('partner_request')
        .set({ state: 'cancelled', ended_at: tx.now })
        .where('id', '=', id)
        .execute();
    const stream = partnerRequestStream(id);
    await settleStream(tx, stream, 'cancelled');
    await settleRequest(tx, id);
    await tellStream(tx, 'partner_request_cancelled', { stream, subjectId: id, closes: true });
  }
}

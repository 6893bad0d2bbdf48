import { sql } from 'kysely';
import type { PublicTx } from '../db/transaction.ts';
import type { SubmitRequest } from './insert-case.ts';

/** So many requests about one place within an hour come one by one; those after them are reviewed together (B-39). */
export const ONE_BY_ONE = 10;

export type Flood = { id: string; isFirst: boolean };

/**
 * Counts a request at its place. Nothing is refused and nothing delayed: past the tenth within an hour it belongs to a flood, which the leader
 * hears of once.
 * @returns the flood, `isFirst` for the request that begins it; nothing where no place is named, or somebody may be in danger.
 */
export async function floodOf(tx: PublicTx, request: SubmitRequest): Promise<Flood | undefined> {
  const place = placeOf(request);
  if (!place || request.danger) return undefined;
  const counted = await sql<{ flood_id: string; requests: number }>`
    select flood_id, requests from count_at_place(${place}, ${tx.now}::timestamptz)`.execute(tx.db);
  const [row] = counted.rows;
  if (!row || row.requests <= ONE_BY_ONE) return undefined;
  return { id: row.flood_id, isFirst: row.requests === ONE_BY_ONE + 1 };
}

/** A place of the town's list, else one kind of place in one quarter: what is written about it differs from hand to hand. */
function placeOf({ placeId, quarter, placeType }: SubmitRequest): string | undefined {
  if (placeId) return placeId;
  return quarter && placeType ? `${quarter}/${placeType}` : undefined;
}

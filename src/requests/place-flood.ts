import { sql } from 'kysely';
import type { PublicTx } from '../db/transaction.ts';
import type { SubmitRequest } from './insert-case.ts';

/** So many requests about one place within an hour come one by one; those after them are reviewed together (B-39). */
export const ONE_BY_ONE = 10;

/** `isUntold`: nobody is asked to read its requests together, for it begins, or what asked for it was withdrawn or done. */
export type Flood = { id: string; isUntold: boolean };

/**
 * Counts a request at its place. Nothing is refused and nothing delayed: past the tenth within an hour it belongs to a flood, which the leader
 * hears of once.
 * @returns the flood; nothing where no place is named, or somebody may be in danger.
 */
export async function floodOf(tx: PublicTx, request: SubmitRequest): Promise<Flood | undefined> {
  const place = placeOf(request);
  if (!place || request.danger) return undefined;
  const counted = await sql<{ flood_id: string; requests: number; has_task: boolean }>`
    select flood_id, requests, has_task from count_at_place(${place}, ${tx.now}::timestamptz)`.execute(tx.db);
  const [row] = counted.rows;
  if (!row || row.requests <= ONE_BY_ONE) return undefined;
  return { id: row.flood_id, isUntold: !row.has_task };
}

/** A place of the town's list, else one kind of place, in one quarter: its team reads it, and what is written about a place differs from hand to hand. */
function placeOf({ placeId, quarter, placeType }: SubmitRequest): string | undefined {
  if (placeId) return `${placeId}/${quarter ?? ''}`;
  return quarter && placeType ? `${quarter}/${placeType}` : undefined;
}

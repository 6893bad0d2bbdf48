import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { isDuplicate } from '../db/duplicate.ts';
import { inTransaction } from '../db/transaction.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { insertObservation, type PlaceSignal } from './insert-observation.ts';

export type SignalReceipt = { observedAt: Date; repeated: boolean };

/**
 * Stores a field observation (spec §3.7): no request, no number, no code, no journal of a case. The same form again is answered like the
 * first time.
 * @param how `channel`: by a poster or not; `doubtful`: filled as no person fills a form (B-38).
 */
export async function signalPlace(
  ctx: CommandContext,
  town: { id: string; kid: string },
  nonce: string,
  signal: PlaceSignal,
  how: { channel: 'web' | 'qr'; doubtful: boolean },
): Promise<SignalReceipt> {
  return orAsSignalled(ctx, town.id, nonce, () =>
    inTransaction(ctx.db, { role: 'app_public', townId: town.id }, async (tx) => {
      await insertObservation(tx, ctx, { town, nonce }, signal, how);
      return { observedAt: tx.now, repeated: false };
    }),
  );
}

/** What `store` gives; where the same form was stored before, what it gave then. */
export async function orAsSignalled(
  ctx: CommandContext,
  townId: string,
  nonce: string,
  store: () => Promise<SignalReceipt>,
): Promise<SignalReceipt> {
  try {
    return await store();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const first = await signalledBefore(ctx, townId, nonce);
    if (!first) throw error;
    return first;
  }
}

/** When the same form arrived the first time; undefined when it never did. */
export async function signalledBefore(
  ctx: CommandContext,
  townId: string,
  nonce: string,
): Promise<SignalReceipt | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<{
      at: Date | null;
    }>`select observed_with(${townId}::uuid, ${nonceHash(nonce)}) as at`.execute(tx.db);
    const at = found.rows[0]?.at;
    return at ? { observedAt: at, repeated: true } : undefined;
  });
}

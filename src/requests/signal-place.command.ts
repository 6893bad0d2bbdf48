import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { isDuplicate } from '../db/duplicate.ts';
import { inTransaction } from '../db/transaction.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { newCaseKey, seal } from '../privacy/field-encryption.ts';
import { domainOf } from './case-domain.ts';
import type { SaidPlace } from './insert-case.ts';

/** A place somebody points out without a name: where, what about, and what they add. Nothing of whoever does it. */
export type PlaceSignal = SaidPlace & { danger: boolean; categories: string[]; note: string | null };
export type SignalReceipt = { observedAt: Date; repeated: boolean };

const TABLE = 'field_observation';

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
  const id = crypto.randomUUID();
  const { dataKey, wrapped } = newCaseKey(ctx.keys, town.kid, id);
  const sealed = (column: string, text: string | null) =>
    text === null ? null : seal(dataKey, { table: TABLE, column, caseId: id }, text);
  try {
    return await inTransaction(ctx.db, { role: 'app_public', townId: town.id }, async (tx) => {
      await sql`
        insert into field_observation (id, town_id, quarter_code, place_id, place_type, categories, domain, channel, danger, doubtful, team_id,
          note, place_text, transport_line, transport_stop, nonce_hash, kid, wrapped_key, observed_at)
        values (${id}, ${town.id}, ${signal.quarter}, ${signal.placeId}, ${signal.placeType}, ${signal.categories}::text[],
          ${domainOf(signal.categories, signal.placeType)}, ${how.channel}, ${signal.danger}, ${how.doubtful},
          (select team_id from quarter where town_id = ${town.id}::uuid and code = ${signal.quarter}),
          ${sealed('note', signal.note)}, ${sealed('place_text', signal.placeText)}, ${sealed('transport_line', signal.transportLine)},
          ${sealed('transport_stop', signal.transportStop)}, ${nonceHash(nonce)}, ${town.kid}, ${wrapped}, ${tx.now})`.execute(
        tx.db,
      );
      return { observedAt: tx.now, repeated: false };
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const first = await signalledBefore(ctx, town.id, nonce);
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

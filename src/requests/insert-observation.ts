import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { Channel } from '../db/tables/case.ts';
import type { Actor, Tx } from '../db/transaction.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { newCaseKey, seal } from '../privacy/field-encryption.ts';
import { domainOf } from './case-domain.ts';
import type { SaidPlace } from './insert-case.ts';

/** A place somebody points out without a name: where, what about, and what they add. Nothing of whoever does it. */
export type PlaceSignal = SaidPlace & { danger: boolean; categories: string[]; note: string | null };
/** By which door it came; whoever of the team typed it, and the day it was said. */
export type SignalDoor = { channel: Channel; doubtful?: boolean; enteredBy?: string; saidOn?: string };

const TABLE = 'field_observation';

/** One observation, what was written sealed under a key of its own. */
export async function insertObservation(
  tx: Tx<Extract<Actor, { role: 'app_public' | 'app_staff' }>>,
  ctx: CommandContext,
  { town, nonce }: { town: { id: string; kid: string }; nonce: string },
  signal: PlaceSignal,
  { channel, doubtful = false, enteredBy, saidOn }: SignalDoor,
): Promise<void> {
  const id = crypto.randomUUID();
  const { dataKey, wrapped } = newCaseKey(ctx.keys, town.kid, id);
  const sealed = (column: string, text: string | null) =>
    text === null ? null : seal(dataKey, { table: TABLE, column, caseId: id }, text);
  await sql`
    insert into field_observation (id, town_id, quarter_code, place_id, place_type, categories, domain, channel, danger, doubtful, team_id,
      note, place_text, transport_line, transport_stop, nonce_hash, kid, wrapped_key, observed_at, entered_by, said_on)
    values (${id}, ${town.id}, ${signal.quarter}, ${signal.placeId}, ${signal.placeType}, ${signal.categories}::text[],
      ${domainOf(signal.categories, signal.placeType)}, ${channel}, ${signal.danger}, ${doubtful},
      (select team_id from quarter where town_id = ${town.id}::uuid and code = ${signal.quarter}),
      ${sealed('note', signal.note)}, ${sealed('place_text', signal.placeText)}, ${sealed('transport_line', signal.transportLine)},
      ${sealed('transport_stop', signal.transportStop)}, ${nonceHash(nonce)}, ${town.kid}, ${wrapped}, ${tx.now},
      ${enteredBy ?? null}, ${saidOn ?? null}::date)`.execute(tx.db);
}

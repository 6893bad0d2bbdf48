import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { newToken, tokenHash } from '../follow/token.ts';
import type { Locale } from '../i18n/languages.ts';
import { codeHash } from '../privacy/case-code.ts';

const SESSION_SECONDS = 1_800;

export type PartySeat = { partyId: string; caseId: string };

/**
 * The other party's code opens half an hour of its own space; the language it is opened in is the one mails are written in from here on.
 * @param code a code with a right check symbol. @returns a cookie's token.
 */
export async function openPartySession(
  ctx: CommandContext,
  townId: string,
  code: string,
  language: Locale,
): Promise<string | undefined> {
  const seat = await find(ctx, townId, 'party_code', codeHash(ctx.keys, code));
  if (!seat) return undefined;
  const token = newToken();
  await inTransaction(ctx.db, { role: 'app_party', townId, ...seat }, (tx) =>
    sql`with read_in as (update party set ui_language = ${language} where id = ${seat.partyId})
        insert into access (town_id, case_id, party_id, purpose, token_hash, expires_at)
        values (${townId}, ${seat.caseId}, ${seat.partyId}, 'party_session', ${tokenHash(token)},
                clock_timestamp() + make_interval(secs => ${SESSION_SECONDS}))`.execute(tx.db),
  );
  return token;
}

/** The party a live session opens. */
export async function partyOfSession(
  ctx: CommandContext,
  townId: string,
  token: string | undefined,
): Promise<PartySeat | undefined> {
  if (!token || token.length > 100) return undefined;
  return find(ctx, townId, 'party_session', tokenHash(token));
}

/** The party whose code the permit of a short code by mail may replace now. */
export async function partyOfPermit(
  ctx: CommandContext,
  townId: string,
  token: string | undefined,
): Promise<PartySeat | undefined> {
  if (!token || token.length > 100) return undefined;
  return find(ctx, townId, 'party_permit', tokenHash(token));
}

/** « Fermer cette page »: every session of this party ends. */
export async function closePartySessions(ctx: CommandContext, townId: string, seat: PartySeat): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_party', townId, ...seat }, (tx) =>
    sql`update access set ended_at = clock_timestamp()
        where party_id = ${seat.partyId} and purpose = 'party_session' and ended_at is null`.execute(tx.db),
  );
}

async function find(
  ctx: CommandContext,
  townId: string,
  purpose: 'party_code' | 'party_session' | 'party_permit',
  hash: Buffer,
): Promise<PartySeat | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<PartySeat>`
      select party_id as "partyId", case_id as "caseId" from find_party_by_access(${townId}::uuid, ${purpose}, ${hash})`.execute(
      tx.db,
    );
    return found.rows[0];
  });
}

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
  const token = newToken();
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const opened = await sql<{ done: boolean }>`
      select open_party_session(${townId}::uuid, ${codeHash(ctx.keys, code)}, ${tokenHash(token)}, ${SESSION_SECONDS}, ${language}) as done`.execute(
      tx.db,
    );
    return opened.rows[0]?.done ? token : undefined;
  });
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
  purpose: 'party_session' | 'party_permit',
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

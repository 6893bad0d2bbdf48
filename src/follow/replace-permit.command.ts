import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { shortCodeHash } from '../privacy/short-code.ts';
import { newToken, tokenHash } from './token.ts';

const MAX_TRIES = 5;
const PERMIT_SECONDS = 900;

/**
 * A short code typed in the browser that asked for it gives, once, a permit of a quarter of an hour of real time: it opens the page
 * that replaces the code, nothing else. Wrong, used, ended, another browser's: all answered alike.
 * @returns the permit's token for a cookie, or undefined.
 */
export async function openReplacePermit(
  ctx: CommandContext,
  townId: string,
  browser: string | undefined,
  code: string,
): Promise<string | undefined> {
  if (!browser || browser.length > 100) return undefined;
  const browserHash = tokenHash(browser);
  const hash = shortCodeHash(ctx.keys, browserHash, code);
  const caseId = await inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const used = await sql<{ id: string | null }>`
      select use_mail_code(${townId}::uuid, ${browserHash}, ${hash}, ${MAX_TRIES}) as id`.execute(tx.db);
    return used.rows[0]?.id ?? undefined;
  });
  if (!caseId) return undefined;
  const token = newToken();
  await inTransaction(ctx.db, { role: 'app_public', townId, caseId }, (tx) =>
    sql`insert into access (town_id, case_id, purpose, token_hash, expires_at)
        values (${townId}, ${caseId}, 'replace_permit', ${tokenHash(token)}, clock_timestamp() + make_interval(secs => ${PERMIT_SECONDS}))`.execute(
      tx.db,
    ),
  );
  return token;
}

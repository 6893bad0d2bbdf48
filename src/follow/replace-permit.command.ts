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
 * @returns the permit's token for a cookie and whose code it replaces, or undefined.
 */
export async function openReplacePermit(
  ctx: CommandContext,
  townId: string,
  browser: string | undefined,
  code: string,
): Promise<{ token: string; of: 'requester' | 'party' } | undefined> {
  if (!browser || browser.length > 100) return undefined;
  const [token, browserHash] = [newToken(), tokenHash(browser)];
  const hash = shortCodeHash(ctx.keys, browserHash, code);
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const opened = await sql<{ of: 'requester' | 'party' | null }>`
      select open_replace_permit(${townId}::uuid, ${browserHash}, ${hash}, ${MAX_TRIES}, ${tokenHash(token)}, ${PERMIT_SECONDS}) as of`.execute(
      tx.db,
    );
    const of = opened.rows[0]?.of;
    return of ? { token, of } : undefined;
  });
}

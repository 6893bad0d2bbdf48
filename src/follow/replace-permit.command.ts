import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';
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
  const holder = await useCode(ctx, townId, tokenHash(browser), code);
  if (!holder) return undefined;
  const token = newToken();
  const { caseId, partyId } = holder;
  await inTransaction(ctx.db, actorOf(holder), (tx) =>
    sql`insert into access (town_id, case_id, party_id, purpose, token_hash, expires_at)
        values (${townId}, ${caseId}, ${partyId ?? null}, ${partyId ? 'party_permit' : 'replace_permit'}, ${tokenHash(token)},
                clock_timestamp() + make_interval(secs => ${PERMIT_SECONDS}))`.execute(tx.db),
  );
  return { token, of: partyId ? 'party' : 'requester' };
}

/** One browser asks for one person at a time: of the two looks only one can count as a try. */
async function useCode(
  ctx: CommandContext,
  townId: string,
  browserHash: Buffer,
  code: string,
): Promise<CodeHolder | undefined> {
  const hash = shortCodeHash(ctx.keys, browserHash, code);
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const requester = await sql<{ id: string | null }>`
      select use_mail_code(${townId}::uuid, ${browserHash}, ${hash}, ${MAX_TRIES}) as id`.execute(tx.db);
    const caseId = requester.rows[0]?.id;
    if (caseId) return { townId, caseId };
    const party = await sql<{ partyId: string; caseId: string }>`
      select party_id as "partyId", case_id as "caseId"
      from use_party_mail_code(${townId}::uuid, ${browserHash}, ${hash}, ${MAX_TRIES})`.execute(tx.db);
    const [seat] = party.rows;
    return seat && { townId, ...seat };
  });
}

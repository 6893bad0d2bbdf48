import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { codeHash, normaliseCode } from '../privacy/case-code.ts';
import { newToken, tokenHash } from './token.ts';

const SESSION_SECONDS = 1_800;

/**
 * The code's holder gets a session of half an hour of real time. A text that cannot be a code costs no look-up; an unknown, a
 * replaced and another town's code are answered alike (B-41).
 * @returns the session's token for a cookie, or undefined.
 */
export async function openFollowSession(
  ctx: CommandContext,
  townId: string,
  typed: string,
): Promise<string | undefined> {
  const code = normaliseCode(typed);
  if (!code) return undefined;
  const token = newToken();
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const opened = await sql<{ done: boolean }>`
      select open_follow_session(${townId}::uuid, ${codeHash(ctx.keys, code)}, ${tokenHash(token)}, ${SESSION_SECONDS}) as done`.execute(
      tx.db,
    );
    return opened.rows[0]?.done ? token : undefined;
  });
}

/** The case a live session opens. */
export async function caseOfSession(
  ctx: CommandContext,
  townId: string,
  token: string | undefined,
): Promise<string | undefined> {
  if (!token || token.length > 100) return undefined;
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<{
      id: string | null;
    }>`select find_case_by_session(${townId}::uuid, ${tokenHash(token)}) as id`.execute(tx.db);
    return found.rows[0]?.id ?? undefined;
  });
}

/** « Fermer cette page »: every follow session of this case ends. */
export async function closeFollowSessions(ctx: CommandContext, townId: string, caseId: string): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_public', townId, caseId }, (tx) =>
    sql`update access set ended_at = clock_timestamp()
        where case_id = ${caseId} and purpose = 'follow_session' and ended_at is null`.execute(tx.db),
  );
}

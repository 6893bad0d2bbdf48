import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { RawTransaction } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { codeHash } from '../privacy/case-code.ts';
import { tokenHash } from './token.ts';

/** What lets somebody replace a code: the session that the code itself opened, or the permit of a short code by mail. */
export type ReplaceRight = { kind: 'session' | 'permit'; token: string };

/** The case whose code this right may replace now. */
export async function caseOfRight(
  ctx: CommandContext,
  townId: string,
  right: ReplaceRight,
): Promise<string | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, (tx) => lookUpRight(tx.db, townId, right));
}

/** The same inside an open transaction: asked again under the lock of the case. */
export async function lookUpRight(
  db: RawTransaction,
  townId: string,
  { kind, token }: ReplaceRight,
): Promise<string | undefined> {
  if (token.length > 100) return undefined;
  const find = kind === 'session' ? sql.ref('find_case_by_session') : sql.ref('find_case_by_permit');
  const found = await sql<{ id: string | null }>`select ${find}(${townId}::uuid, ${tokenHash(token)}) as id`.execute(
    db,
  );
  return found.rows[0]?.id ?? undefined;
}

/** True while this code opens this case. */
export async function isCurrentCode(
  ctx: CommandContext,
  townId: string,
  { caseId, code }: { caseId: string; code: string },
): Promise<boolean> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, (tx) => opens(tx.db, ctx, townId, { caseId, code }));
}

export async function opens(
  db: RawTransaction,
  ctx: Pick<CommandContext, 'keys'>,
  townId: string,
  { caseId, code }: { caseId: string; code: string },
): Promise<boolean> {
  const found = await sql<{
    id: string | null;
  }>`select find_case_by_code(${townId}::uuid, ${codeHash(ctx.keys, code)}) as id`.execute(db);
  return found.rows[0]?.id === caseId;
}

/** What the slip of a new code says besides it. */
export async function slipFacts(
  ctx: CommandContext,
  townId: string,
  caseId: string,
): Promise<{ number: string; receivedAt: Date }> {
  return inTransaction(ctx.db, { role: 'app_public', townId, caseId }, (tx) =>
    tx.db
      .selectFrom('mediation_case')
      .select(['number', 'received_at as receivedAt'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow(),
  );
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import { isDuplicate } from '../db/duplicate.ts';
import { inTransaction } from '../db/transaction.ts';
import { codeFromNonce } from '../privacy/case-code.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import type { SubmitRequest } from './insert-case.ts';
import { openCase } from './open-case.ts';
import { floodOf } from './place-flood.ts';

export type Receipt = {
  caseId: string;
  number: string;
  /** Shown while the same form may show it again: 24 h of real time, unless replaced by the person. */
  code: string | undefined;
  repeated: boolean;
};

const SAME_FORM_SECONDS = 24 * 3600;

/**
 * T1: accepts a request. The person is answered only after commit, and a repeat of the same form (same nonce) gives the same case
 * and the same code, whatever was edited meanwhile (line 1 of architecture.md).
 */
export async function submitRequest(
  ctx: CommandContext,
  town: { id: string; kid: string },
  nonce: string,
  request: SubmitRequest,
  channel: 'web' | 'qr' = 'web',
): Promise<Receipt> {
  const caseId = crypto.randomUUID();
  const code = codeFromNonce(ctx.keys, nonce);
  const policy = await ctx.policies.of(town.id);
  return orAsBefore(ctx, town.id, nonce, async () => {
    const number = await inTransaction(ctx.db, { role: 'app_public', townId: town.id, caseId }, async (tx) => {
      const door = { channel, origin: 'habitant' } as const;
      const flood = await floodOf(tx, request);
      const given = await openCase(tx, ctx, policy, { town, nonce, code, caseId, door, flood }, request);
      crashPoint('accept.before_commit');
      return given;
    });
    crashPoint('accept.after_commit');
    return { caseId, number, code, repeated: false };
  });
}

/** What `accept` gives; where the same form was accepted before, what it gave then. */
export async function orAsBefore(
  ctx: CommandContext,
  townId: string,
  nonce: string,
  accept: () => Promise<Receipt>,
): Promise<Receipt> {
  try {
    return await accept();
  } catch (error) {
    if (!isRepeat(error)) throw error;
    const first = await receiptOf(ctx, townId, nonce);
    if (!first) throw new Error('repeated form without its case', { cause: error });
    return first;
  }
}

/** The same form arrived before: its nonce is taken. */
export function isRepeat(error: unknown): boolean {
  return isDuplicate(error, 'mediation_case_nonce_hash_key');
}

/** What the same form gave the first time; undefined when it was never accepted. */
export async function receiptOf(ctx: CommandContext, townId: string, nonce: string): Promise<Receipt | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<{ case_id: string; number: string; age_seconds: number; code_replaced: boolean }>`
      select * from find_case_by_nonce(${townId}::uuid, ${nonceHash(nonce)})`.execute(tx.db);
    const first = found.rows[0];
    if (!first) return undefined;
    const showable = first.age_seconds < SAME_FORM_SECONDS && !first.code_replaced;
    const code = showable ? codeFromNonce(ctx.keys, nonce) : undefined;
    return { caseId: first.case_id, number: first.number, code, repeated: true };
  });
}

import { sql } from 'kysely';
import { dueAt, dueDay } from '../calendar/due.ts';
import type { CommandContext } from '../command-context.ts';
import { isDuplicate } from '../db/duplicate.ts';
import { inTransaction } from '../db/transaction.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { newCaseKey, seal } from '../privacy/field-encryption.ts';
import { CALL_TABLE } from './call-choices.ts';
import type { CallAsked } from './call.form.ts';
import { tellLeaders } from './tell-leaders.ts';

export type CallReceipt = { askedAt: Date; dueDay: string; repeated: boolean };

/**
 * Somebody asks to be called with an interpreter, before any request (spec §4.8, decision 0030): something a leader does as soon as any other call.
 * The same form again is answered like the first time. @param doubtful filled as no person fills a form (B-38).
 */
export async function askForCall(
  ctx: CommandContext,
  town: { id: string; kid: string },
  nonce: string,
  asked: CallAsked,
  doubtful: boolean,
): Promise<CallReceipt> {
  const id = crypto.randomUUID();
  const { dataKey, wrapped } = newCaseKey(ctx.keys, town.kid, id);
  const sealed = (column: string, text: string) => seal(dataKey, { table: CALL_TABLE, column, caseId: id }, text);
  const policy = await ctx.policies.of(town.id);
  try {
    return await inTransaction(ctx.db, { role: 'app_public', townId: town.id }, async (tx) => {
      // As soon as anybody else who is to be called.
      const { target } = policy.ladder('task_call_requester');
      const day = dueDay(policy.calendar, tx.now, target);
      await tx.db
        .insertInto(CALL_TABLE)
        .values({
          id,
          town_id: town.id,
          language: asked.spoken_language,
          moment: asked.moments,
          phone: sealed('phone', asked.phone),
          first_name: asked.first_name === null ? null : sealed('first_name', asked.first_name),
          doubtful,
          asked_at: tx.now,
          due_day: day,
          due_at: dueAt(policy.calendar, tx.now, target),
          nonce_hash: nonceHash(nonce),
          kid: town.kid,
          wrapped_key: wrapped,
        })
        .execute();
      await tellLeaders(tx, policy);
      return { askedAt: tx.now, dueDay: day, repeated: false };
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const first = await callAskedBefore(ctx, town.id, nonce);
    if (!first) throw error;
    return first;
  }
}

/** What the same form gave the first time; undefined when it never arrived. */
export async function callAskedBefore(
  ctx: CommandContext,
  townId: string,
  nonce: string,
): Promise<CallReceipt | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<{ askedAt: Date; dueDay: string }>`
      select asked_at as "askedAt", due_day as "dueDay" from call_asked_with(${townId}::uuid, ${nonceHash(nonce)})`.execute(
      tx.db,
    );
    const [first] = found.rows;
    return first && { ...first, repeated: true };
  });
}

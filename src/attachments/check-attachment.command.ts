import { sql } from 'kysely';
import { CaseText } from '../cases/case-text.ts';
import { isActive } from '../cases/case-status.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { recordChange } from '../outbox/record-change.ts';
import { askToRead } from '../parties/ask-to-read.ts';
import type { Scanner } from './clamd.ts';
import type { DueCheck } from './due-checks.query.ts';

/** Longer than a scan may last: a look that was killed is begun again by another. */
const LEASE = '2 minutes';
/** While the scanner is away: 20 s after the first look, then 40 s, 80 s, up to five minutes. */
const AGAIN = sql`least(interval '10 seconds' * power(2, least(checks, 10)), interval '5 minutes')`;

/**
 * Looks at one file in quarantine. Without a scanner it is let through and says so; with one, only a plain « clean » lets it through, a
 * plain « infected » ends it, and anything else leaves it where it is (T-33, B-71). Safe to call again, by several at once.
 */
export async function checkAttachment(
  ctx: CommandContext,
  scanner: Scanner | undefined,
  { id, townId }: DueCheck,
): Promise<void> {
  const taken = await takeCheck(ctx, townId, id);
  if (!taken) return;
  const verdict = scanner ? await scanner.scan(taken.bytes) : 'none';
  if (verdict === 'unknown') await lookAgain(ctx, townId, id);
  else await settleCheck(ctx, townId, { id, caseId: taken.caseId }, verdict);
}

/** Takes it for one look, and reads what is in it. @returns nothing when another has it, or it is gone. */
async function takeCheck(
  ctx: CommandContext,
  townId: string,
  id: string,
): Promise<{ caseId: string; bytes: Buffer } | undefined> {
  return inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const taken = await tx.db
      .updateTable('attachment')
      .set({
        checks: sql`checks + 1`,
        next_check_at: sql<Date>`clock_timestamp() + ${LEASE}::interval`,
      })
      .where('id', '=', id)
      .where('town_id', '=', townId)
      .where(sql<boolean>`(state = 'quarantined' or (state = 'checked' and antivirus = 'none'))`)
      .where(sql<boolean>`(next_check_at is null or next_check_at <= clock_timestamp())`)
      .returning('case_id')
      .executeTakeFirst();
    if (!taken) return undefined;
    const row = await tx.db
      .selectFrom('attachment_content as f')
      .innerJoin('mediation_case as c', 'c.id', 'f.case_id')
      .select(['f.body', 'c.id', 'c.kid', 'c.wrapped_key as wrappedKey'])
      .where('f.attachment_id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    return { caseId: row.id, bytes: new CaseText(ctx.keys, row).openFile('attachment_content', 'body', row.body) };
  });
}

/** It stays where it is, and is looked at later. */
async function lookAgain(ctx: CommandContext, townId: string, id: string): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_worker', townId }, (tx) =>
    tx.db
      .updateTable('attachment')
      .set({ next_check_at: sql<Date>`clock_timestamp() + ${AGAIN}` })
      .where('id', '=', id)
      .where('next_check_at', 'is not', null)
      .execute(),
  );
}

async function settleCheck(
  ctx: CommandContext,
  townId: string,
  { id, caseId }: { id: string; caseId: string },
  verdict: 'clean' | 'infected' | 'none',
): Promise<void> {
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    const infected = verdict === 'infected';
    const settled = await tx.db
      .updateTable('attachment')
      .set({
        next_check_at: null,
        ...(infected
          ? { state: 'infected' as const, antivirus: null }
          : { state: 'checked' as const, antivirus: verdict }),
      })
      .where('id', '=', id)
      // Taken back or erased meanwhile: a word that comes late changes nothing (T-33).
      .where('state', 'in', ['quarantined', 'checked'])
      .returning('party_id as partyId')
      .executeTakeFirst();
    if (!settled) return;
    await recordChange(tx, {
      caseId,
      code: infected ? 'attachment_infected' : 'attachment_checked',
      actor: 'service',
      data: { attachment: id, party: settled.partyId, antivirus: verdict },
    });
    // Somebody speaks with whoever sent it, who knows nothing of it perhaps (B-69).
    if (infected && isActive(theCase.state)) await askToRead(tx, policy, theCase, settled.partyId);
  });
}

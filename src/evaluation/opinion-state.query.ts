import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction, type TownTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';

/** Is the holder's opinion asked now, given already, or not asked? `withService`: one of the sides is an institution (question 6 of F7). */
export type OpinionAsked = { state: 'open' | 'given' | 'none'; withService: boolean };

export async function opinionState(ctx: CommandContext, holder: CodeHolder): Promise<OpinionAsked> {
  const policy = await ctx.policies.of(holder.townId);
  return inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const pair = await sql<{ pair: string }>`select pair_of_case(${holder.caseId}::uuid) as pair`.execute(tx.db);
    return {
      state: await stateOf(tx, policy, holder.caseId),
      withService: pair.rows[0]?.pair === 'public_institution',
    };
  });
}

/** For the holder's own page: is there a questionnaire to open? */
export async function isOpinionAsked(tx: HolderTx, policy: TownPolicy, caseId: string): Promise<boolean> {
  return (await stateOf(tx, policy, caseId)) === 'open';
}

async function stateOf(tx: TownTx, policy: TownPolicy, caseId: string): Promise<'open' | 'given' | 'none'> {
  const row = await tx.db
    .selectFrom('questionnaire')
    .select(['answered', 'closes_on as closesOn'])
    .where('case_id', '=', caseId)
    .orderBy('cycle', 'desc')
    .executeTakeFirst();
  if (!row) return 'none';
  if (row.answered) return 'given';
  return row.closesOn >= localDay(policy.calendar, tx.now) ? 'open' : 'none';
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';

/** Whom the page of danger speaks to, which names other numbers to a minor, and when. */
export type DangerReader = { minor: boolean; now: Date };

/** The holder of a code as reader of that page; opens nothing of the request. */
export async function dangerReader(ctx: CommandContext, holder: CodeHolder): Promise<DangerReader> {
  return inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const { minor } = await (
      holder.partyId
        ? tx.db.selectFrom('party').select('minor').where('id', '=', holder.partyId)
        : tx.db.selectFrom('mediation_case').select('minor').where('id', '=', holder.caseId)
    ).executeTakeFirstOrThrow();
    return { minor, now: tx.now };
  });
}

import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { actorOf, type CodeHolder } from './code-holder.ts';
import { type Agreed, whatWasAgreed } from './what-was-agreed.query.ts';

/** What was agreed, for whoever typed a code of this case; nothing before there is a result that this side took part in (R22). */
export async function ownPaper(
  ctx: CommandContext,
  holder: CodeHolder,
): Promise<(Agreed & { number: string }) | undefined> {
  const { caseId } = holder;
  return inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const row = await tx.db
      .selectFrom('mediation_case')
      .select(['id', 'number', 'kid', 'wrapped_key as wrappedKey'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const agreed = await whatWasAgreed(tx, new CaseText(ctx.keys, row), caseId);
    return agreed && { ...agreed, number: row.number };
  });
}

import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { actorOf, type CodeHolder } from './code-holder.ts';
import { type OwnAgreement, ownAgreement } from './own-agreement.query.ts';

/** The number of the request and the own agreement of whoever holds one of its codes; nothing else of the page is read. */
export async function holderAgreement(
  ctx: CommandContext,
  holder: CodeHolder,
): Promise<{ number: string; agreement: OwnAgreement }> {
  const { caseId } = holder;
  return inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const row = await tx.db
      .selectFrom('mediation_case')
      .select(['id', 'number', 'kid', 'wrapped_key as wrappedKey'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const agreement = await ownAgreement(tx, new CaseText(ctx.keys, row), caseId);
    if (!agreement) throw new Error('a code without its party');
    return { number: row.number, agreement };
  });
}

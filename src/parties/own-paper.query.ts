import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PartyTx, type PublicTx } from '../db/transaction.ts';
import type { CodeHolder } from './answer-by-code.command.ts';
import { type Agreed, whatWasAgreed } from './what-was-agreed.query.ts';

/** What was agreed, for whoever typed a code of this case; nothing before there is a result that this side took part in (R22). */
export async function ownPaper(
  ctx: CommandContext,
  { townId, caseId, partyId }: CodeHolder,
): Promise<(Agreed & { number: string }) | undefined> {
  const seat = { townId, caseId };
  return partyId
    ? inTransaction(ctx.db, { role: 'app_party', ...seat, partyId }, (tx) => paperOf(ctx, tx, caseId))
    : inTransaction(ctx.db, { role: 'app_public', ...seat }, (tx) => paperOf(ctx, tx, caseId));
}

async function paperOf(ctx: CommandContext, tx: PublicTx | PartyTx, caseId: string) {
  const row = await tx.db
    .selectFrom('mediation_case')
    .select(['id', 'number', 'kid', 'wrapped_key as wrappedKey'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const agreed = await whatWasAgreed(tx, new CaseText(ctx.keys, row), caseId);
  return agreed && { ...agreed, number: row.number };
}

import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { type OwnAgreement, ownAgreement } from '../parties/own-agreement.query.ts';

/** The number of the request and its requester's own agreement, for whoever holds its code. */
export async function requesterAgreement(
  ctx: CommandContext,
  townId: string,
  caseId: string,
): Promise<{ number: string; agreement: OwnAgreement }> {
  return inTransaction(ctx.db, { role: 'app_public', townId, caseId }, async (tx) => {
    const row = await tx.db
      .selectFrom('mediation_case')
      .select(['id', 'number', 'kid', 'wrapped_key as wrappedKey'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const agreement = await ownAgreement(tx, new CaseText(ctx.keys, row), caseId);
    if (!agreement) throw new Error('a case without its requester');
    return { number: row.number, agreement };
  });
}

import type { CaseState } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction } from '../db/transaction.ts';

/** Whoever typed a code: the person who asked, or the other party. */
export type CodeHolder = { townId: string; caseId: string; partyId?: string; form?: string };

/** Who acts in a transaction of a code holder: the code of a party opens that party's role, any other the requester's. */
export function actorOf({ partyId, ...by }: CodeHolder): HolderTx['actor'] {
  return partyId ? { role: 'app_party', ...by, partyId } : { role: 'app_public', ...by };
}

/** Reads for whoever holds a code: `run` gets what opens the texts of the case, its number and where it stands. */
export async function readAsHolder<T>(
  ctx: CommandContext,
  holder: CodeHolder,
  run: (tx: HolderTx, text: CaseText, theCase: { number: string; state: CaseState }) => Promise<T>,
): Promise<T> {
  return inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const row = await tx.db
      .selectFrom('mediation_case')
      .select(['id', 'number', 'state', 'kid', 'wrapped_key as wrappedKey'])
      .where('id', '=', holder.caseId)
      .executeTakeFirstOrThrow();
    return run(tx, new CaseText(ctx.keys, row), row);
  });
}

import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { actorOf, type CodeHolder } from './code-holder.ts';
import { type CaseParty, partiesOf } from './standing.ts';

export type ByCode = { tx: HolderTx; policy: TownPolicy; theCase: LockedCase; party: CaseParty };

/** Acts for whoever typed a code, under the lock of the case, as the one party that code opens. */
export async function asHolder(
  ctx: CommandContext,
  by: CodeHolder,
  run: (holder: ByCode) => Promise<void>,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, actorOf(by), async (tx) => {
    const theCase = await lockCase(tx, by.caseId);
    // Row-level security leaves one party in sight.
    const [party] = await partiesOf(tx, by.caseId);
    if (!party) throw new DomainError('not_found');
    await run({ tx, policy, theCase, party });
  });
}

import { isActive, isOpenToPerson } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';
import { partiesOf } from '../parties/standing.ts';

export type OwnAct = { tx: HolderTx; policy: TownPolicy; theCase: LockedCase; text: CaseText; partyId: string };

/**
 * Runs a command of whoever holds a code, under the lock of the case, as long as that side may still write (B-77).
 * @throws DomainError not_allowed_now when the request has ended, or this side has left it; already_done.
 */
export async function onOwnCase(
  ctx: CommandContext,
  holder: CodeHolder,
  run: (act: OwnAct) => Promise<void>,
): Promise<void> {
  const policy = await ctx.policies.of(holder.townId);
  await inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const theCase = await lockCase(tx, holder.caseId);
    // Whoever holds a code sees the own party and no other.
    const [party] = await partiesOf(tx, holder.caseId);
    const open = holder.partyId ? isActive(theCase.state) : isOpenToPerson(theCase.state);
    if (!open || !party || party.ended) throw new DomainError('not_allowed_now');
    await run({ tx, policy, theCase, text: new CaseText(ctx.keys, theCase), partyId: party.id });
  });
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { CaseText } from './case-text.ts';
import { type LockedCase, lockCase, requireMediatorOrLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/** One act of a member of staff on one case: the transaction, the town's rules, the locked case, its texts, and as whom the person acts. */
export type StaffAct = {
  tx: StaffTx;
  policy: TownPolicy;
  theCase: LockedCase;
  text: CaseText;
  role: 'mediator' | 'leader';
};

/**
 * Runs a command of the case's mediator, or of whoever leads it, under the lock of its row.
 * @throws DomainError not_found, already_done, not_your_case; nothing is written then.
 */
export async function onCase<T>(
  ctx: CommandContext,
  by: Staff,
  caseId: string,
  run: (act: StaffAct) => Promise<T>,
): Promise<T> {
  const policy = await ctx.policies.of(by.townId);
  return inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    const role = requireMediatorOrLeader(tx, theCase);
    return run({ tx, policy, theCase, text: new CaseText(ctx.keys, theCase), role });
  });
}

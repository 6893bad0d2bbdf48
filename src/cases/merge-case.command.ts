import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { applyTransition } from './apply-transition.ts';
import { type CaseState, isActive } from './case-status.ts';
import { requireDangerDecided } from './danger-wait.ts';
import { NOTHING_HELD, stopEverything } from './stop-everything.ts';
import { inTriage, type Staff } from './triage.command.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';

/**
 * T8: this request joins one that is near. The two are linked, no identity crosses: each person goes on seeing the own request only, and
 * keeps messages and withdrawal.
 * @param input.into the number of the other one, as it is read on its page.
 * @throws DomainError unknown_choice when the other one is not open, is this one, or is not in sight; danger_undecided.
 */
export async function mergeCase(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; into: string },
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const target = await lockBoth(tx, input);
    const theCase = await inTriage(tx, input.caseId);
    if (!target || target.id === theCase.id || !isActive(target.state))
      throw new DomainError('unknown_choice', { field: 'into' });
    await requireDangerDecided(tx, theCase.id);
    await stopEverything(tx, policy, theCase);
    const merged = await applyTransition(tx, theCase, {
      name: 'T8',
      by: 'leader',
      code: 'case_merged',
      personId: by.personId,
      data: { into: target.id },
      patch: { merged_into: target.id, ...NOTHING_HELD },
    });
    await queueRequesterMail(tx, policy, merged, { template: 'merged', key: String(tx.now.getTime()), call: true });
  });
}

/** Both rows in the order of their ids: two merges, each into the other, come one after the other, and the second finds its target ended. */
async function lockBoth(
  tx: StaffTx,
  { caseId, into }: { caseId: string; into: string },
): Promise<{ id: string; state: CaseState } | undefined> {
  const number = into.trim().toUpperCase();
  const both = await tx.db
    .selectFrom('mediation_case')
    .select(['id', 'number', 'state'])
    .where((where) => where.or([where('id', '=', caseId), where('number', '=', number)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  return both.find((found) => found.number === number);
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { settleTask } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { lockCase, requireMediatorOrLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/**
 * Something to do is done: the task leaves the worklist.
 * @throws DomainError not_allowed_now when it was done already, unknown_choice when it is no task of this case,
 * or a leader's and the person leads nothing here.
 */
export async function finishTask(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; deadlineId: string },
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireMediatorOrLeader(tx, theCase);
    const kind = await settleTask(tx, input.caseId, input.deadlineId, theCase.led);
    if (!kind) {
      if (await wasTask(tx, input)) throw new DomainError('not_allowed_now');
      throw new DomainError('unknown_choice', { field: 'task' });
    }
    await recordChange(tx, {
      caseId: input.caseId,
      code: 'task_done',
      actor: 'staff',
      personId: by.personId,
      data: { kind },
    });
  });
}

async function wasTask(tx: StaffTx, { caseId, deadlineId }: { caseId: string; deadlineId: string }): Promise<boolean> {
  const known = await tx.db
    .selectFrom('deadline')
    .select('id')
    .where('id', '=', deadlineId)
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'task\\_%')
    .where('state', '!=', 'open')
    .executeTakeFirst();
  return known !== undefined;
}

import { sql } from 'kysely';
import { lockCase, requireMediatorOrLeader } from '../cases/lock-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { settleTask } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';

/**
 * The button of the task « envoi incertain »: a person decides that the mail leaves again, under its old Message-ID, and the task
 * is done. Whether the person may be written to is decided again when it leaves.
 * @throws DomainError unknown_choice, not_found, not_your_case, or changed_meanwhile when the mail is no longer uncertain.
 */
export async function resendUncertain(
  ctx: CommandContext,
  by: Staff,
  { caseId, mailId }: { caseId: string; mailId: string },
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const mail = await tx.db
      .selectFrom('mail')
      .select(['case_id as caseId', 'template'])
      .where('id', '=', mailId)
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    if (!mail?.caseId) throw new DomainError('unknown_choice', { field: 'mail' });
    const theCase = await lockCase(tx, mail.caseId);
    requireMediatorOrLeader(tx, theCase);
    const queued = await tx.db
      .updateTable('mail')
      .set({ state: 'queued', next_attempt_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', mailId)
      .where('state', '=', 'unknown')
      .executeTakeFirst();
    if (queued.numUpdatedRows === 0n) throw new DomainError('changed_meanwhile');
    await endTask(tx, mail.caseId, mailId);
    await recordChange(tx, {
      caseId: mail.caseId,
      code: 'task_done',
      actor: 'staff',
      personId: by.personId,
      data: { kind: 'task_mail_uncertain', decision: 'resend', template: mail.template },
    });
    await sql`select pg_notify('mail', '')`.execute(tx.db);
  });
}

async function endTask(tx: StaffTx, caseId: string, mailId: string): Promise<void> {
  const task = await tx.db
    .selectFrom('deadline')
    .select('id')
    .where('case_id', '=', caseId)
    .where('mail_id', '=', mailId)
    .where('kind', '=', 'task_mail_uncertain')
    .where('state', '=', 'open')
    .executeTakeFirst();
  // Sent again: whoever did so, nobody has to decide about it any more.
  if (task) await settleTask(tx, caseId, task.id, true);
}

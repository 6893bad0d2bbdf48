import type { WorkerTx } from '../db/transaction.ts';

/** Which wait a mail speaks of, for its date. */
const WAIT_OF: Record<string, string> = {
  acknowledgement: 'triage',
  referred: 'triage',
  question: 'more_info',
  question_reminder: 'more_info',
  assignment: 'mediator_answer',
  danger_alert: 'danger',
  danger_waiting: 'danger',
  safety_alert: 'task_safety_check',
};

/** The wait of its case that a mail speaks of: the latest of its kind. */
export async function waitOfMail(
  tx: WorkerTx,
  caseId: string,
  template: string,
): Promise<{ dueDay: string; dueAt: Date } | undefined> {
  const kind = WAIT_OF[template];
  if (!kind) return undefined;
  return tx.db
    .selectFrom('deadline')
    .select(['due_day as dueDay', 'due_at as dueAt'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

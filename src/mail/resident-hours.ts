import { nextMessageInstant } from '../calendar/message-window.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { newsInTime } from '../sessions/news-in-time.ts';
import type { MailRow } from './mail-row.ts';
import { isOfSession } from './session-of-mail.query.ts';
import { keepsHours } from './templates.ts';

/** When a mail to a resident that is written now may leave: reminders and invitations in their hours, everything else at once. */
export function mayLeaveAt(policy: TownPolicy, template: string, now: Date): Date {
  return keepsHours(template) ? nextMessageInstant(policy.calendar, now) : now;
}

/**
 * A reminder or an invitation to a resident keeps its hours when the server or the worker was away: outside them it waits until they open.
 * @returns whether the mail leaves now.
 */
export async function keepResidentHours(tx: WorkerTx, policy: TownPolicy, mail: MailRow): Promise<boolean> {
  const opens = mayLeaveAt(policy, mail.template, tx.now);
  if (opens <= tx.now) return true;
  const leaves = isOfSession(mail) && mail.subject_id ? await newsInTime(tx, policy, mail.subject_id) : opens;
  if (leaves <= tx.now) return true;
  await tx.db
    .updateTable('mail')
    .set({ not_before: leaves })
    .where('id', '=', mail.id)
    .where('state', '=', 'queued')
    .execute();
  return false;
}

import type { WorkerTx } from '../db/transaction.ts';
import type { MailRow } from './mail-row.ts';

/** Mails about one session, each with its calendar file. */
export function isOfSession({ template }: Pick<MailRow, 'template'>): boolean {
  return template.startsWith('session_');
}

/** The session a mail speaks of; none when it is not what the mail says any more: off, or begun before anybody could be invited. */
export async function sessionOfMail(tx: WorkerTx, mail: MailRow) {
  const cancelled = mail.template === 'session_cancelled';
  return tx.db
    .selectFrom('mediation_session as s')
    .innerJoin('mediation_case as c', 'c.id', 's.case_id')
    .select(['s.id as sessionId', 's.starts_at as startsAt', 's.ends_at as endsAt', 's.sequence', 'c.number'])
    .where('s.id', '=', mail.subject_id)
    .where('s.state', '=', cancelled ? 'cancelled' : 'planned')
    .$if(!cancelled, (query) => query.where('s.starts_at', '>', tx.now))
    .executeTakeFirst();
}

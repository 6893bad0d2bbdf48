import type { WorkerTx } from '../db/transaction.ts';
import type { MailRow } from './mail-row.ts';

/** Whether what a reminder or a questionnaire asks is still waited for: one that was held may find its answer given. True for every other mail. */
export async function isStillAsked(tx: WorkerTx, mail: MailRow): Promise<boolean> {
  switch (mail.template) {
    case 'question_reminder':
      return isQuestionOpen(tx, mail.case_id);
    case 'agreement_reminder':
      return isAgreementOpen(tx, mail);
    case 'questionnaire':
    case 'questionnaire_reminder':
      return isOpinionOpen(tx, mail);
    default:
      return true;
  }
}

async function isQuestionOpen(tx: WorkerTx, caseId: string | null): Promise<boolean> {
  const open = await tx.db
    .selectFrom('deadline')
    .select('id')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'more_info')
    .where('state', '=', 'open')
    .executeTakeFirst();
  return open !== undefined;
}

async function isAgreementOpen(tx: WorkerTx, mail: MailRow): Promise<boolean> {
  const open = await tx.db
    .selectFrom('deadline as d')
    .innerJoin('party as p', 'p.id', 'd.party_id')
    .select('d.id')
    .where('d.case_id', '=', mail.case_id)
    .where('d.kind', '=', 'agreement')
    .where('d.state', '=', 'open')
    .where((where) => (mail.party_id ? where('p.id', '=', mail.party_id) : where('p.side', '=', 'requester')))
    .executeTakeFirst();
  return open !== undefined;
}

async function isOpinionOpen(tx: WorkerTx, mail: MailRow): Promise<boolean> {
  const open = await tx.db
    .selectFrom('questionnaire as q')
    .innerJoin('party as p', 'p.id', 'q.party_id')
    .select('q.id')
    .where('q.case_id', '=', mail.case_id)
    .where('q.answered', '=', false)
    .where((where) => (mail.party_id ? where('p.id', '=', mail.party_id) : where('p.side', '=', 'requester')))
    .executeTakeFirst();
  return open !== undefined;
}

import type { WorkerTx } from '../db/transaction.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import type { MailRow } from './mail-row.ts';

/** Whether what a reminder or a questionnaire asks is still waited for: one that was held may find its answer given. True for every other mail. */
export async function isStillAsked(tx: WorkerTx, mail: MailRow): Promise<boolean> {
  if (!mail.case_id) return true;
  switch (mail.template) {
    case 'question_reminder':
      return (await openWait(tx, mail.case_id, 'more_info')) !== undefined;
    case 'agreement_reminder': {
      const partyId = await partyOf(tx, mail);
      return partyId !== undefined && (await openWait(tx, mail.case_id, 'agreement', { partyId })) !== undefined;
    }
    case 'questionnaire':
    case 'questionnaire_reminder':
      return isOpinionOpen(tx, await partyOf(tx, mail));
    default:
      return true;
  }
}

/** Whom it is for; one to whoever made the request names no party. */
async function partyOf(tx: WorkerTx, mail: MailRow): Promise<string | undefined> {
  if (mail.party_id) return mail.party_id;
  const requester = await tx.db
    .selectFrom('party')
    .select('id')
    .where('case_id', '=', mail.case_id)
    .where('side', '=', 'requester')
    .executeTakeFirst();
  return requester?.id;
}

async function isOpinionOpen(tx: WorkerTx, partyId: string | undefined): Promise<boolean> {
  if (!partyId) return false;
  const open = await tx.db
    .selectFrom('questionnaire')
    .select('id')
    .where('party_id', '=', partyId)
    .where('answered', '=', false)
    .executeTakeFirst();
  return open !== undefined;
}

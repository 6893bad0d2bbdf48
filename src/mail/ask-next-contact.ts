import { localDay } from '../calendar/town-calendar.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { nextAbove } from '../partners/who-is-asked.ts';
import { addToContactMail } from './queue-contact-mail.ts';
import { PARTNER_ITEMS } from './templates.ts';

/**
 * A contact's mailbox refuses: the next person of the organisation's ladder is asked the same, beside the leader's task (spec §4.4, F-23);
 * not where that person was asked it by the same step already. After the last one the task is all there is.
 */
export async function askNextContact(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  mailId: string,
  refusedBy: string,
): Promise<void> {
  const items = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('partner_request as r', 'r.id', 'm.subject_id')
    .select(['m.template', 'm.step_id as stepId', 'r.id as requestId', 'r.organisation_id as organisationId'])
    .select('r.due_day as dueDay')
    .where('m.mail_id', '=', mailId)
    .where('m.case_id', '=', theCase.id)
    .where('r.state', 'in', ['sent', 'acknowledged'])
    .execute();
  for (const { template, stepId, requestId, organisationId, dueDay } of items) {
    const item = PARTNER_ITEMS.find((known) => known === template);
    const next = await nextAbove(tx, organisationId, refusedBy, localDay(policy.calendar, tx.now));
    if (!item || !next || (stepId && (await wasAsked(tx, next, stepId)))) continue;
    const line = { caseId: theCase.id, requestId, template: item, dueDay };
    await addToContactMail(tx, policy, next, { ...line, ...(stepId ? { stepId } : {}) });
  }
}

async function wasAsked(tx: WorkerTx, contactId: string, stepId: string): Promise<boolean> {
  const asked = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('mail', 'mail.id', 'm.mail_id')
    .select('m.mail_id')
    .where('mail.contact_id', '=', contactId)
    .where('m.step_id', '=', stepId)
    .executeTakeFirst();
  return asked !== undefined;
}

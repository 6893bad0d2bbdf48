import { localDay } from '../calendar/town-calendar.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { whoIsAsked } from '../partners/who-is-asked.ts';
import { addToContactMail } from './queue-contact-mail.ts';
import { PARTNER_ITEMS } from './templates.ts';

/** A contact's mailbox refuses: the next person of the organisation's ladder is asked the same, beside the leader's task (spec §4.4, F-23). */
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
    .select(['m.template', 'r.id as requestId', 'r.organisation_id as organisationId', 'r.due_day as dueDay'])
    .where('m.mail_id', '=', mailId)
    .where('m.case_id', '=', theCase.id)
    .where('r.state', 'in', ['sent', 'acknowledged'])
    .execute();
  for (const { template, requestId, organisationId, dueDay } of items) {
    const item = PARTNER_ITEMS.find((known) => known === template);
    const { contacts } = await whoIsAsked(tx, organisationId, 'head', localDay(policy.calendar, tx.now));
    const next = contacts[contacts.indexOf(refusedBy) + 1];
    if (item && next)
      await addToContactMail(tx, policy, next, { caseId: theCase.id, requestId, template: item, dueDay });
  }
}

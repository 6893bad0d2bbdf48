import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { recordChange } from '../outbox/record-change.ts';
import { PARTNER_ITEMS } from './templates.ts';

/**
 * What became of a mail to an organisation's contact, on a case it spoke of: one line a request, with the organisation and the contact's
 * position, never a name. Others' cases in the same mail have their own.
 */
export async function journalContactMail(
  tx: WorkerTx,
  theCase: LockedCase,
  mailId: string,
  said: { state: string; reason?: string },
): Promise<void> {
  const items = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('mail', 'mail.id', 'm.mail_id')
    .innerJoin('organisation_contact as c', 'c.id', 'mail.contact_id')
    .select(['m.template', 'm.subject_id as request', 'c.organisation_id as organisation', 'c.position'])
    .where('m.mail_id', '=', mailId)
    .where('m.case_id', '=', theCase.id)
    .execute();
  const strength = (template: string) => PARTNER_ITEMS.findIndex((known) => known === template);
  const requests = new Map<string | null, (typeof items)[number]>();
  for (const item of items.toSorted((one, other) => strength(one.template) - strength(other.template)))
    requests.set(item.request, item);
  for (const { template, ...about } of requests.values())
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'mail_settled',
      actor: 'service',
      data: { template: 'partner_day', to: 'partner', item: template, ...about, ...said },
    });
}

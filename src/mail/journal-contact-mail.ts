import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { recordChange } from '../outbox/record-change.ts';
import { PARTNER_ITEMS } from './templates.ts';

/**
 * What became of a mail to an organisation's contact, on each case it spoke of: one line a request, with the organisation and the contact's
 * position, never a name; each case has its own lines only.
 */
export async function journalContactMail(
  tx: WorkerTx,
  cases: readonly LockedCase[],
  mailId: string,
  said: { state: string; reason?: string },
): Promise<void> {
  if (cases.length === 0) return;
  const items = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('mail', 'mail.id', 'm.mail_id')
    .innerJoin('organisation_contact as c', 'c.id', 'mail.contact_id')
    .select(['m.case_id as caseId', 'm.template', 'm.subject_id as request'])
    .select(['c.organisation_id as organisation', 'c.position'])
    .where('m.mail_id', '=', mailId)
    .execute();
  const strength = (template: string) => PARTNER_ITEMS.findIndex((known) => known === template);
  const strongestLast = items.toSorted((one, other) => strength(one.template) - strength(other.template));
  for (const { id } of cases) {
    const requests = new Map<string | null, (typeof items)[number]>();
    for (const item of strongestLast) if (item.caseId === id) requests.set(item.request, item);
    for (const { caseId: _caseId, template, ...about } of requests.values())
      await recordChange(tx, {
        caseId: id,
        code: 'mail_settled',
        actor: 'service',
        data: { template: 'partner_day', to: 'partner', item: template, ...about, ...said },
      });
  }
}

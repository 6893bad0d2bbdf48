import { sql } from 'kysely';
import { caseNumber, shortCodeWord } from '../../emails/components/mail-words.ts';
import type { Day } from '../calendar/day.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { formatShortCode, shortCode } from '../privacy/short-code.ts';
import type { MailRow, Recipient } from './mail-row.ts';
import { partnerLines } from './partner-lines.ts';
import type { TeamContent } from './render.ts';
import { OPINION_ITEMS } from './templates.ts';

/** A contact who was taken out, or whose organisation has closed, is written to no more. */
export async function contactAddress(tx: WorkerTx, contactId: string): Promise<Recipient> {
  const contact = await tx.db
    .selectFrom('organisation_contact as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select('c.email')
    .where('c.id', '=', contactId)
    .where('o.ended_at', 'is', null)
    .executeTakeFirst();
  return contact ? { found: true, to: contact.email } : { found: false, reason: 'not_here_any_more' };
}

/** What of this contact's requests still waits for an answer; a request that was answered before the mail left is not spoken of. */
export async function partnerDay(tx: WorkerTx, mail: MailRow, today: Day): Promise<TeamContent | undefined> {
  const stillAsked = tx.db
    .selectFrom('partner_questionnaire as q')
    .innerJoin('deadline as d', 'd.case_id', 'q.case_id')
    .select('q.id')
    .whereRef('q.request_id', '=', 'm.subject_id' as never)
    .where('q.answered', '=', false)
    .where('d.kind', '=', 'partner_opinion')
    .where('d.state', '=', 'open');
  const items = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('partner_request as r', 'r.id', 'm.subject_id')
    .innerJoin('mediation_case as c', 'c.id', 'r.case_id')
    .innerJoin('partner_pointer as p', (join) =>
      join.onRef('p.request_id', '=', 'r.id').on('p.contact_id', '=', mail.contact_id),
    )
    .select(['c.number', 'm.template', 'r.state', 'r.due_day as requestDue', 'm.due_day as lineDue'])
    .select(['p.id as pointer', 'r.id as requestId'])
    .where('m.mail_id', '=', mail.id)
    .where((where) => where.or([where('m.template', 'not in', OPINION_ITEMS), where.exists(stillAsked)]))
    .orderBy('m.created_at')
    .orderBy('c.number')
    .execute();
  const [first, ...others] = partnerLines(
    items.map((item) => ({ ...item, number: caseNumber(item.number) })),
    today,
  );
  return first && { template: 'partner_day', lines: [first, ...others] };
}

/** The code that lives now. */
export async function partnerCode(tx: WorkerTx, keys: KeyRing, mail: MailRow): Promise<TeamContent | undefined> {
  const live = await tx.db
    .selectFrom('partner_access')
    .select('id')
    .where('id', '=', mail.subject_id)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return live && { template: 'partner_code', code: shortCodeWord(formatShortCode(shortCode(keys, live.id))) };
}

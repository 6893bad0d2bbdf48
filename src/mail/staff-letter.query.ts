import { callWaits } from '../calls/call-waits.query.ts';
import { caseNumber } from '../../emails/components/mail-words.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { notCalled } from '../deadlines/not-called.ts';
import type { Recipient } from './mail-row.ts';
import type { TeamContent } from './render.ts';
import { DAY_ITEMS, isAlert, TOWN_ITEMS } from './templates.ts';
import { waitOfMail } from './wait-of-mail.query.ts';

/** Nobody writes to a person who works here no more. */
export async function staffAddress(tx: WorkerTx, personId: string): Promise<Recipient> {
  const person = await tx.db
    .selectFrom('person')
    .select(['email', 'active'])
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.active ? { found: true, to: person.email } : { found: false, reason: 'not_here_any_more' };
}

/** What still waits: a line whose wait ended before the mail left is not said any more. */
export async function staffDay(tx: WorkerTx, mailId: string): Promise<TeamContent | undefined> {
  const items = await tx.db
    .selectFrom('mail_item as m')
    .leftJoin('mediation_case as c', 'c.id', 'm.case_id')
    .leftJoin('step as s', 's.id', 'm.step_id')
    .leftJoin('deadline as d', 'd.id', 's.deadline_id')
    .select(['c.number', 'm.template', 'm.due_day as dueDay'])
    .where('m.mail_id', '=', mailId)
    .where((where) =>
      where.or([where('d.state', 'is', null), where.and([where('d.state', '=', 'open'), where.not(notCalled)])]),
    )
    .orderBy('m.created_at')
    .orderBy('c.number')
    .execute();
  const lines = items.flatMap(({ number, template, dueDay }) => {
    const item = DAY_ITEMS.find((known) => known === template);
    return item && number ? [{ number: caseNumber(number), item, dueDay: dueDay ?? undefined }] : [];
  });
  const ofTown = TOWN_ITEMS.filter((known) => items.some(({ template }) => template === known));
  // Not said any more once everybody was called.
  const calls = ofTown.length > 0 && (await callWaits(tx)) ? ofTown : [];
  return lines.length + calls.length === 0 ? undefined : { template: 'day', lines, ofTown: calls };
}

/** What leaves alone about one case: somebody is or may be in danger, a case was given. */
export async function staffNow(
  tx: WorkerTx,
  theCase: { id: string; number: string },
  template: string,
): Promise<TeamContent | undefined> {
  if (!isAlert(template) && template !== 'assignment') return undefined;
  const about = { number: caseNumber(theCase.number), caseId: theCase.id };
  const wait = await waitOfMail(tx, theCase.id, template);
  return template === 'assignment'
    ? { template, ...about, dueDay: wait?.dueDay }
    : { template, ...about, dueAt: wait?.dueAt };
}

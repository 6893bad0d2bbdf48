import { localDay } from '../calendar/town-calendar.ts';
import { CaseText } from '../cases/case-text.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { translator } from '../i18n/catalogue.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { mayWrite } from './may-write.ts';
import type { MailFacts } from './render.ts';
import { DAY_ITEMS, type DayItem, REQUESTER_TEMPLATES } from './templates.ts';

export type MailRow = {
  id: string;
  template: string;
  case_id: string | null;
  person_id: string | null;
  message_id: string;
};
export type Loaded = { send: true; to: string; facts: MailFacts; fromName: string } | { send: false };

/** Which open wait a mail speaks of, for its date. */
const WAIT_OF: Record<string, string> = {
  acknowledgement: 'triage',
  question: 'more_info',
  question_reminder: 'more_info',
  assignment: 'mediator_answer',
};

/**
 * Address and content of a claimed mail, as they are at this moment. `send: false` when it may no longer be written: the person
 * took the address back, danger was raised meanwhile, or nobody is left to write to.
 */
export async function loadMail(
  tx: WorkerTx,
  policy: TownPolicy,
  keys: KeyRing,
  origin: string,
  mail: MailRow,
): Promise<Loaded> {
  const town = await tx.db
    .selectFrom('town')
    .select(['name', 'is_demo as isDemo', 'service', 'time_zone as timeZone'])
    .where('id', '=', tx.actor.townId)
    .executeTakeFirstOrThrow();
  const base = {
    t: translator('fr', { timeZone: town.timeZone }),
    town: { name: town.name, phone: town.service.phone, isDemo: town.isDemo },
    origin,
    today: localDay(policy.calendar, tx.now),
  };
  const to = mail.person_id ? await staffAddress(tx, mail.person_id) : await requesterAddress(tx, keys, mail.case_id);
  if (to === undefined) return { send: false };
  const fromName = base.t('mail.service', { town: town.name });
  if (mail.template === 'day') {
    const lines = await dayLines(tx, mail.id);
    return lines.length === 0
      ? { send: false }
      : { send: true, to, fromName, facts: { ...base, template: 'day', lines } };
  }
  if (!mail.case_id) return { send: false };
  const { number } = await tx.db
    .selectFrom('mediation_case')
    .select('number')
    .where('id', '=', mail.case_id)
    .executeTakeFirstOrThrow();
  const dueDay = await dueDayOf(tx, mail.case_id, mail.template);
  const requester = REQUESTER_TEMPLATES.find((template) => template === mail.template);
  if (requester) return { send: true, to, fromName, facts: { ...base, template: requester, number, dueDay } };
  const template = mail.template === 'danger_alert' ? 'danger_alert' : 'assignment';
  return { send: true, to, fromName, facts: { ...base, template, number, caseId: mail.case_id, dueDay } };
}

async function staffAddress(tx: WorkerTx, personId: string): Promise<string | undefined> {
  const person = await tx.db
    .selectFrom('person')
    .select(['email', 'active'])
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.active ? person.email : undefined;
}

async function requesterAddress(tx: WorkerTx, keys: KeyRing, caseId: string | null): Promise<string | undefined> {
  if (!caseId) return undefined;
  const row = await tx.db
    .selectFrom('case_identity as i')
    .innerJoin('mediation_case as c', 'c.id', 'i.case_id')
    .select(['c.id', 'c.kid', 'c.wrapped_key as wrappedKey', 'c.danger', 'i.email', 'i.age_group as ageGroup'])
    .select(['i.contact_ways as contactWays', 'i.precautions'])
    .where('i.case_id', '=', caseId)
    .executeTakeFirst();
  if (!row?.email || !mayWrite({ ...row, hasEmail: true }).write) return undefined;
  return new CaseText(keys, row).open('case_identity', 'email', row.email);
}

async function dayLines(
  tx: WorkerTx,
  mailId: string,
): Promise<{ number: string; template: DayItem; dueDay: string | undefined }[]> {
  const items = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('mediation_case as c', 'c.id', 'm.case_id')
    .select(['c.number', 'm.template', 'm.due_day as dueDay'])
    .where('m.mail_id', '=', mailId)
    .orderBy('m.created_at')
    .execute();
  return items.flatMap(({ number, template, dueDay }) => {
    const known = DAY_ITEMS.find((item) => item === template);
    return known ? [{ number, template: known, dueDay: dueDay ?? undefined }] : [];
  });
}

async function dueDayOf(tx: WorkerTx, caseId: string, template: string): Promise<string | undefined> {
  const wait = WAIT_OF[template];
  if (!wait) return undefined;
  const deadline = await tx.db
    .selectFrom('deadline')
    .select('due_day')
    .where('case_id', '=', caseId)
    .where('kind', '=', wait)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return deadline?.due_day;
}

import { townOrigin } from '../towns/town-origin.ts';
import { sql } from 'kysely';
import { caseNumber, shortCodeWord, townWords } from '../../emails/components/mail-words.ts';
import type { Day } from '../calendar/day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { CaseText } from '../cases/case-text.ts';
import { reopenUntil } from '../cases/reopen-until.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { translator } from '../i18n/catalogue.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { type CalendarFile, calendarFile } from '../sessions/calendar-file.ts';
import { formatShortCode, shortCode } from '../privacy/short-code.ts';
import { type HoldReason, mayWrite } from './may-write.ts';
import { partnerLines } from './partner-lines.ts';
import type { MailContent, MailFacts } from './render.ts';
import { DAY_ITEMS, isAlert, LAST_WORDS, OPINION_ITEMS, REQUESTER_TEMPLATES } from './templates.ts';

export type MailRow = {
  id: string;
  template: string;
  case_id: string | null;
  person_id: string | null;
  party_id: string | null;
  contact_id: string | null;
  subject_id: string | null;
  message_id: string;
};
/** Whom a mail is for, as the journal of the case says it. */
export function recipientKind(mail: MailRow): 'staff' | 'party' | 'partner' | 'requester' {
  if (mail.person_id) return 'staff';
  if (mail.contact_id) return 'partner';
  return mail.party_id ? 'party' : 'requester';
}

/** A mail ready to be made: its one address, the sender's name, what it may say. */
export type Letter = { to: string; fromName: string; facts: MailFacts; calendar?: CalendarFile };
export type Withheld = HoldReason | 'not_here_any_more' | 'nothing_to_say';
export type Loaded = { send: true; letter: Letter } | { send: false; reason: Withheld };

/** Which wait a mail speaks of, for its date: the latest of its kind. */
const WAIT_OF: Record<string, string> = {
  acknowledgement: 'triage',
  referred: 'triage',
  question: 'more_info',
  question_reminder: 'more_info',
  assignment: 'mediator_answer',
  danger_alert: 'danger',
  danger_waiting: 'danger',
  safety_alert: 'task_safety_check',
};

/**
 * Address and content of a due mail, as they are at this moment; or why it may not leave any more: the person took the address back,
 * danger was raised meanwhile, nobody is left to write to.
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
    .select(['name', 'hosts', 'is_demo as isDemo', 'service', 'time_zone as timeZone'])
    .where('id', '=', tx.actor.townId)
    .executeTakeFirstOrThrow();
  const { phone, email, address, openingHours } = town.service;
  const base = {
    t: translator('fr', { timeZone: town.timeZone }),
    town: townWords({ name: town.name, isDemo: town.isDemo, phone, email, address, openingHours }),
    origin: townOrigin(origin, town.hosts),
    today: localDay(policy.calendar, tx.now),
  };
  const recipient = await addressOf(tx, keys, mail);
  if (!recipient.found) return { send: false, reason: recipient.reason };
  const content = await contentOf(tx, policy, keys, mail);
  if (!content) return { send: false, reason: 'nothing_to_say' };
  const fromName = base.t('mail.service', { town: town.name });
  const letter = { to: recipient.to, fromName, facts: { ...base, ...content } };
  if (!mail.template.startsWith('session_')) return { send: true, letter };
  const calendar = await appointmentFile(tx, mail, (number) => base.t('mail.session.summary', { number }), {
    name: fromName,
    email,
  });
  return calendar ? { send: true, letter: { ...letter, calendar } } : { send: false, reason: 'nothing_to_say' };
}

/** The calendar file of the session a mail speaks of; none when that session is not what the mail says any more. */
async function appointmentFile(
  tx: WorkerTx,
  mail: MailRow,
  summary: (number: string) => string,
  organiser: { name: string; email: string },
): Promise<CalendarFile | undefined> {
  const session = await tx.db
    .selectFrom('mediation_session as s')
    .innerJoin('mediation_case as c', 'c.id', 's.case_id')
    .select(['s.id', 's.starts_at as startsAt', 's.ends_at as endsAt', 's.sequence', 's.state', 'c.number'])
    .where('s.id', '=', mail.subject_id)
    .executeTakeFirst();
  const cancelled = mail.template === 'session_cancelled';
  if (!session || session.state !== (cancelled ? 'cancelled' : 'planned')) return undefined;
  const { id: sessionId, number, state: _state, ...when } = session;
  return calendarFile({ sessionId, summary: summary(number), ...when, stamp: tx.now, cancelled, organiser });
}

async function contentOf(
  tx: WorkerTx,
  policy: TownPolicy,
  keys: KeyRing,
  mail: MailRow,
): Promise<MailContent | undefined> {
  if (mail.template === 'invitation') return { template: 'invitation' };
  if (mail.template === 'partner_day') return partnerDay(tx, mail, localDay(policy.calendar, tx.now));
  if (mail.template === 'partner_code') return partnerCode(tx, keys, mail);
  if (mail.template === 'day') {
    const lines = await dayLines(tx, mail.id);
    return lines.length === 0 ? undefined : { template: 'day', lines };
  }
  if (!mail.case_id) return undefined;
  const caseId = mail.case_id;
  const theCase = await tx.db
    .selectFrom('mediation_case')
    .select(['number', 'received_at as receivedAt', 'closed_at as closedAt', 'reached_at as reachedAt'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const number = caseNumber(theCase.number);
  if (mail.template === 'short_code') {
    const accessId = await liveCodeOf(tx, caseId);
    if (!accessId) return undefined;
    return { template: 'short_code', number, code: shortCodeWord(formatShortCode(shortCode(keys, accessId))) };
  }
  const wait = await waitOf(tx, caseId, mail.template);
  if (isAlert(mail.template)) return { template: mail.template, number, caseId, dueAt: wait?.dueAt };
  if (mail.template === 'assignment') return { template: 'assignment', number, caseId, dueDay: wait?.dueDay };
  const template = REQUESTER_TEMPLATES.find((known) => known === mail.template);
  return (
    template && {
      template,
      number,
      toParty: mail.party_id !== null,
      receivedAt: theCase.receivedAt,
      dueDay: template === 'closed' ? lastDayToComeBack(policy, theCase) : wait?.dueDay,
    }
  );
}

/** The closing text prints the date (T29). */
function lastDayToComeBack(
  policy: TownPolicy,
  { closedAt, reachedAt }: { closedAt: Date | null; reachedAt: Date | null },
): string | undefined {
  return closedAt ? reopenUntil(policy, { closedAt, reachedAt }) : undefined;
}

/** What of this contact's requests still waits for an answer; a request that was answered before the mail left is not spoken of. */
async function partnerDay(tx: WorkerTx, mail: MailRow, today: Day): Promise<MailContent | undefined> {
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

async function partnerCode(tx: WorkerTx, keys: KeyRing, mail: MailRow): Promise<MailContent | undefined> {
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

/** The code that lives now; an older one, or one that ended while the mail waited, is not sent any more. */
async function liveCodeOf(tx: WorkerTx, caseId: string): Promise<string | undefined> {
  const live = await tx.db
    .selectFrom('access')
    .select('id')
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'mail_code')
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return live?.id;
}

async function addressOf(tx: WorkerTx, keys: KeyRing, mail: MailRow): Promise<Recipient> {
  if (mail.person_id) return staffAddress(tx, mail.person_id);
  if (mail.contact_id) return contactAddress(tx, mail.contact_id);
  if (mail.party_id) return partyAddress(tx, keys, mail.party_id, mail.template);
  return requesterAddress(tx, keys, mail.case_id);
}

type Recipient = { found: true; to: string } | { found: false; reason: Withheld };

async function staffAddress(tx: WorkerTx, personId: string): Promise<Recipient> {
  const person = await tx.db
    .selectFrom('person')
    .select(['email', 'active'])
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.active ? { found: true, to: person.email } : { found: false, reason: 'not_here_any_more' };
}

async function requesterAddress(tx: WorkerTx, keys: KeyRing, caseId: string | null): Promise<Recipient> {
  const row = await tx.db
    .selectFrom('case_identity as i')
    .innerJoin('mediation_case as c', 'c.id', 'i.case_id')
    .select(['c.id', 'c.kid', 'c.wrapped_key as wrappedKey', 'c.danger', 'i.email', 'i.age_group as ageGroup'])
    .select(['i.contact_ways as contactWays', 'i.precautions'])
    .where('i.case_id', '=', caseId)
    .executeTakeFirst();
  if (!row) return { found: false, reason: 'not_here_any_more' };
  const decision = mayWrite({ ...row, hasEmail: row.email !== null });
  if (!decision.write || !row.email) return { found: false, reason: decision.write ? 'no_address' : decision.reason };
  return { found: true, to: new CaseText(keys, row).open('case_identity', 'email', row.email) };
}

/** A contact who was taken out, or whose organisation has closed, is written to no more. */
async function contactAddress(tx: WorkerTx, contactId: string): Promise<Recipient> {
  const contact = await tx.db
    .selectFrom('organisation_contact as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select('c.email')
    .where('c.id', '=', contactId)
    .where('o.ended_at', 'is', null)
    .executeTakeFirst();
  return contact ? { found: true, to: contact.email } : { found: false, reason: 'not_here_any_more' };
}

async function partyAddress(tx: WorkerTx, keys: KeyRing, partyId: string, template: string): Promise<Recipient> {
  const row = await tx.db
    .selectFrom('party_identity as i')
    .innerJoin('party as p', 'p.id', 'i.party_id')
    .innerJoin('mediation_case as c', 'c.id', 'i.case_id')
    .select(['c.id', 'c.kid', 'c.wrapped_key as wrappedKey', 'c.danger', 'i.email', 'p.minor'])
    .select(['i.contact_ways as contactWays', 'i.precautions', 'p.ended_at as endedAt'])
    .where('i.party_id', '=', partyId)
    .executeTakeFirst();
  if (!row || (row.endedAt && !LAST_WORDS.includes(template))) return { found: false, reason: 'not_here_any_more' };
  const decision = mayWrite({ ...row, ageGroup: row.minor ? 'minor' : 'adult', hasEmail: row.email !== null });
  if (!decision.write || !row.email) return { found: false, reason: decision.write ? 'no_address' : decision.reason };
  return { found: true, to: new CaseText(keys, row).open('party_identity', 'email', row.email) };
}

/** What still waits: a line whose wait ended before the mail left is not said any more. */
async function dayLines(tx: WorkerTx, mailId: string): Promise<Extract<MailContent, { template: 'day' }>['lines']> {
  const items = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('mediation_case as c', 'c.id', 'm.case_id')
    .leftJoin('step as s', 's.id', 'm.step_id')
    .leftJoin('deadline as d', 'd.id', 's.deadline_id')
    .select(['c.number', 'm.template', 'm.due_day as dueDay'])
    .where('m.mail_id', '=', mailId)
    .where((where) => where.or([where('d.state', 'is', null), where('d.state', '=', 'open')]))
    .orderBy('m.created_at')
    .orderBy('c.number')
    .execute();
  return items.flatMap(({ number, template, dueDay }) => {
    const item = DAY_ITEMS.find((known) => known === template);
    return item ? [{ number: caseNumber(number), item, dueDay: dueDay ?? undefined }] : [];
  });
}

async function waitOf(
  tx: WorkerTx,
  caseId: string,
  template: string,
): Promise<{ dueDay: string; dueAt: Date } | undefined> {
  const kind = WAIT_OF[template];
  if (!kind) return undefined;
  return tx.db
    .selectFrom('deadline')
    .select(['due_day as dueDay', 'due_at as dueAt'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

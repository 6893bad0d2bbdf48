import { townWords } from '../../emails/components/mail-words.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { translator } from '../i18n/catalogue.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { type CalendarFile, calendarFile } from '../sessions/calendar-file.ts';
import { townOrigin } from '../towns/town-origin.ts';
import type { MailRow, Recipient, Withheld } from './mail-row.ts';
import { contactAddress, partnerCode, partnerDay } from './partner-letter.query.ts';
import type { MailContent, MailFacts } from './render.ts';
import { partyAddress, requesterAddress } from './resident-address.query.ts';
import { residentCode, residentNews } from './resident-letter.query.ts';
import { staffAddress, staffDay, staffNow } from './staff-letter.query.ts';

/** A mail ready to be made: its one address, the sender's name, what it may say. */
export type Letter = { to: string; fromName: string; facts: MailFacts; calendar?: CalendarFile };
export type Loaded = { send: true; letter: Letter } | { send: false; reason: Withheld };

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

async function addressOf(tx: WorkerTx, keys: KeyRing, mail: MailRow): Promise<Recipient> {
  if (mail.person_id) return staffAddress(tx, mail.person_id);
  if (mail.contact_id) return contactAddress(tx, mail.contact_id);
  if (mail.party_id) return partyAddress(tx, keys, mail.party_id, mail.template);
  return requesterAddress(tx, keys, mail.case_id);
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
  if (mail.template === 'day') return staffDay(tx, mail.id);
  if (!mail.case_id) return undefined;
  const theCase = await tx.db
    .selectFrom('mediation_case')
    .select(['id', 'number', 'received_at as receivedAt', 'closed_at as closedAt', 'reached_at as reachedAt'])
    .where('id', '=', mail.case_id)
    .executeTakeFirstOrThrow();
  if (mail.template === 'short_code') return residentCode(tx, keys, theCase);
  return mail.person_id ? staffNow(tx, theCase, mail.template) : residentNews(tx, policy, theCase, mail);
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

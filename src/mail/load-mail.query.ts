import { townWords } from '../../emails/components/mail-words.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { type PublicTranslate, type Translate, translator } from '../i18n/catalogue.ts';
import { localeNamed } from '../i18n/languages.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { type Appointment, type CalendarFile, calendarFile } from '../sessions/calendar-file.ts';
import { townOrigin } from '../towns/town-origin.ts';
import type { MailRow, Recipient, Withheld } from './mail-row.ts';
import { contactAddress, partnerCode, partnerDay } from './partner-letter.query.ts';
import type { MailFacts, ResidentContent, TeamContent } from './render.ts';
import { partyAddress, requesterAddress } from './resident-address.query.ts';
import { residentCode, residentNews } from './resident-letter.query.ts';
import { isOfSession, sessionOfMail } from './session-of-mail.query.ts';
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
  const recipient = await addressOf(tx, keys, mail);
  if (!recipient.found) return { send: false, reason: recipient.reason };
  const content = await inTheirLanguage(tx, policy, keys, mail, town.timeZone);
  if (!content) return { send: false, reason: 'nothing_to_say' };
  const { t } = content;
  const { phone, email, address, words } = town.service;
  const openingHours = words?.[t.locale]?.openingHours ?? town.service.openingHours;
  const base = {
    town: townWords({ name: town.name, isDemo: town.isDemo, phone, email, address, openingHours }),
    origin: townOrigin(origin, town.hosts),
    today: localDay(policy.calendar, tx.now),
  };
  const fromName = t('mail.service', { town: town.name });
  const letter = { to: recipient.to, fromName, facts: { ...base, ...content } };
  if (!isOfSession(mail)) return { send: true, letter };
  const calendar = await appointmentFile(tx, mail, {
    summary: (number) => t('mail.session.summary', { number }),
    organiser: { name: fromName, email },
    fictional: town.isDemo ? t('ui.fictional') : null,
  });
  return calendar ? { send: true, letter: { ...letter, calendar } } : { send: false, reason: 'nothing_to_say' };
}

async function addressOf(tx: WorkerTx, keys: KeyRing, mail: MailRow): Promise<Recipient> {
  if (mail.person_id) return staffAddress(tx, mail.person_id);
  if (mail.contact_id) return contactAddress(tx, mail.contact_id);
  if (mail.party_id) return partyAddress(tx, keys, mail.party_id, mail.template);
  return requesterAddress(tx, keys, mail.case_id);
}

/** Residents are written to in the language they read us in (§4.8), the team and partners in French. */
async function inTheirLanguage(
  tx: WorkerTx,
  policy: TownPolicy,
  keys: KeyRing,
  mail: MailRow,
  timeZone: string,
): Promise<Spoken | undefined> {
  if (mail.person_id || mail.contact_id || !mail.case_id) {
    const told = await toTeam(tx, policy, keys, mail);
    return told && { t: translator('fr', { timeZone }), ...told };
  }
  const theCase = await spokenCase(tx, mail.case_id, mail.party_id);
  const told = await (mail.template === 'short_code'
    ? residentCode(tx, keys, theCase, mail.party_id)
    : residentNews(tx, policy, theCase, mail));
  return told && { t: translator(localeNamed(theCase.language ?? undefined) ?? 'fr', { timeZone }), ...told };
}

type Spoken = ({ t: PublicTranslate } & ResidentContent) | ({ t: Translate } & TeamContent);

async function toTeam(
  tx: WorkerTx,
  policy: TownPolicy,
  keys: KeyRing,
  mail: MailRow,
): Promise<TeamContent | undefined> {
  if (mail.template === 'invitation') return { template: 'invitation' };
  if (mail.template === 'partner_day') return partnerDay(tx, mail, localDay(policy.calendar, tx.now));
  if (mail.template === 'partner_code') return partnerCode(tx, keys, mail);
  if (mail.template === 'day') return staffDay(tx, mail.id);
  return mail.case_id ? staffNow(tx, await spokenCase(tx, mail.case_id, null), mail.template) : undefined;
}

/** What a mail may say of its case, and the language it is read in: of the party it goes to, else of whoever asked. */
async function spokenCase(tx: WorkerTx, caseId: string, partyId: string | null) {
  return tx.db
    .selectFrom('mediation_case as c')
    .leftJoin('party as p', (join) => join.onRef('p.case_id', '=', 'c.id').on('p.id', '=', partyId))
    .select(['c.id', 'c.number', 'c.received_at as receivedAt', 'c.closed_at as closedAt', 'c.reached_at as reachedAt'])
    .select(partyId ? 'p.ui_language as language' : 'c.ui_language as language')
    .where('c.id', '=', caseId)
    .executeTakeFirstOrThrow();
}

/** The calendar file of the session a mail speaks of; none when that session is not what the mail says any more. */
async function appointmentFile(
  tx: WorkerTx,
  mail: MailRow,
  { summary, ...said }: Pick<Appointment, 'organiser' | 'fictional'> & { summary(number: string): string },
): Promise<CalendarFile | undefined> {
  const session = await sessionOfMail(tx, mail);
  if (!session) return undefined;
  const { number, ...when } = session;
  const cancelled = mail.template === 'session_cancelled';
  return calendarFile({ summary: summary(number), ...when, stamp: tx.now, cancelled, ...said });
}

import MailComposer from 'nodemailer/lib/mail-composer';
import { normaliseEmail } from '../privacy/contact.ts';

/** One mail as it leaves: one recipient, everything else from us. `date` is business time. */
export type OutgoingMail = {
  messageId: string;
  from: { name: string; address: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  date: Date;
  /** A calendar file, as mail programs show it; it names nobody. */
  calendar?: { method: 'PUBLISH' | 'CANCEL'; content: string } | undefined;
};
export type ComposedMail = { envelope: { from: string; to: string }; raw: Buffer };

/** The address is not one plain address (B-45, B-85): nothing is sent to it, nor to what hides in it. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

const MESSAGE_ID = /^<[0-9a-f]{8,64}@[a-z0-9.-]{3,80}>$/;

/**
 * Composes the message and checks that it goes to the one address meant, and to nobody else (finding 9, B-80).
 * @throws AddressRefused when the recipient is not one plain address, or the library would send elsewhere.
 * @throws Error when the sender or the Message-ID is not ours: a wrong setting must not make each mail a refused one.
 */
export async function composeMail(mail: OutgoingMail): Promise<ComposedMail> {
  const from = plainAddress(mail.from.address);
  const to = plainAddress(mail.to);
  if (to === undefined) throw new AddressRefused();
  if (from === undefined) throw new Error('MAIL_FROM is not one plain address');
  if (!MESSAGE_ID.test(mail.messageId)) throw new Error('not a Message-ID of ours');
  const node = new MailComposer({
    messageId: mail.messageId,
    date: mail.date,
    from: { name: oneLine(mail.from.name), address: from },
    to: { name: '', address: to },
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    ...(mail.calendar ? { icalEvent: { ...mail.calendar, filename: 'rendez-vous.ics' } } : {}),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const envelope = node.getEnvelope();
  if (envelope.from !== from || envelope.to.length !== 1 || envelope.to[0] !== to) throw new AddressRefused();
  return { envelope: { from, to }, raw: await node.build() };
}

function plainAddress(address: string): string | undefined {
  const normalised = normaliseEmail(address);
  return normalised.ok ? normalised.value : undefined;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

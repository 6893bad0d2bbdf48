import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';

export type Message = {
  id: string;
  /** With its angle brackets, as sent. */
  messageId: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  /** Every header line as received, in order. */
  headers: string[];
  /** The date the mail carries (business time), ISO. */
  date: string;
  /** When it came in (real time), ISO. */
  receivedAt: string;
};
export type MailQuery = { messageId?: string | undefined; to?: string | undefined; since?: string | undefined };
export type MailboxStore = {
  /** Resolves once the mail is on disk. */
  keep(raw: Buffer): Promise<void>;
  messages(): Message[];
};

/** Mails as files, one each; what a killed process had acknowledged is there again. */
export async function openStore(dir: string): Promise<MailboxStore> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const messages: Message[] = [];
  const names = readdirSync(dir).filter((name) => name.endsWith('.eml'));
  for (const name of names.toSorted()) {
    messages.push(toMessage(name.slice(0, -'.eml'.length), await simpleParser(readFileSync(path.join(dir, name)))));
  }
  return {
    messages: () => [...messages],
    async keep(raw) {
      const id = `${Date.now()}-${randomUUID().slice(0, 8)}`;
      const file = path.join(dir, `${id}.eml`);
      writeFileSync(`${file}.part`, raw, { mode: 0o600 });
      renameSync(`${file}.part`, file);
      messages.push(toMessage(id, await simpleParser(raw)));
    },
  };
}

/** `since` counts from the moment of receipt; a Message-ID may come with or without its brackets. */
export function search(messages: readonly Message[], { messageId, to, since }: MailQuery): Message[] {
  const bare = (id: string) => id.replaceAll(/^<|>$/g, '');
  return messages.filter(
    (message) =>
      (messageId === undefined || bare(message.messageId) === bare(messageId)) &&
      (to === undefined || message.to === to) &&
      (since === undefined || message.receivedAt >= since),
  );
}

function toMessage(id: string, mail: ParsedMail): Message {
  return {
    id,
    messageId: mail.messageId ?? '',
    to: addresses(mail.to),
    from: addresses(mail.from),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: mail.headerLines.map(({ line }) => line.replaceAll(/\r?\n[ \t]+/g, ' ')),
    date: (mail.date ?? new Date(0)).toISOString(),
    receivedAt: new Date(Number(id.split('-')[0])).toISOString(),
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): string {
  return [field ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}

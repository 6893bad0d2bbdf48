import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePort } from './ports.ts';
import { mailboxPage, messagePage } from './mailbox-page.ts';

export type Message = {
  id: string;
  messageId: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  date: string;
  receivedAt: string;
};
export type Mailbox = {
  smtpUrl: string;
  webUrl: string;
  smtpPort: number;
  webPort: number;
  messages(): Message[];
  stop(): Promise<void>;
};

/** A real SMTP server that keeps what it gets as files, and a page to read them. A mail is acknowledged once it is on disk. */
export async function startMailbox(options: {
  dir: string;
  smtpPort?: number | undefined;
  webPort?: number | undefined;
}): Promise<Mailbox> {
  const dir = path.resolve(options.dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const messages = await readAll(dir);
  const smtpPort = await freePort(options.smtpPort);
  const webPort = await freePort(options.webPort);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        keep(dir, Buffer.concat(chunks)).then(
          (message) => {
            messages.push(message);
            callback();
          },
          (error: unknown) => callback(error instanceof Error ? error : new Error('not stored')),
        );
      });
    },
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(smtpPort, '127.0.0.1', () => resolve()));
  const web = createServer((request, response) => {
    const { status, type, body } = answer(messages, request.url ?? '/');
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self' data:; img-src data:",
      'Cache-Control': 'no-store',
    });
    response.end(body);
  });
  await listening(web, webPort);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    webUrl: `http://127.0.0.1:${webPort}`,
    smtpPort,
    webPort,
    messages: () => [...messages],
    async stop() {
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => web.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

async function keep(dir: string, raw: Buffer): Promise<Message> {
  const id = `${Date.now()}-${randomUUID().slice(0, 8)}`;
  const file = path.join(dir, `${id}.eml`);
  writeFileSync(`${file}.part`, raw, { mode: 0o600 });
  renameSync(`${file}.part`, file);
  return toMessage(id, await simpleParser(raw));
}

async function readAll(dir: string): Promise<Message[]> {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.eml'))
    .sort();
  const messages: Message[] = [];
  for (const name of files)
    messages.push(toMessage(name.slice(0, -4), await simpleParser(readFileSync(path.join(dir, name)))));
  return messages;
}

function toMessage(id: string, mail: ParsedMail): Message {
  const to = Array.isArray(mail.to) ? mail.to.map((address) => address.text).join(', ') : (mail.to?.text ?? '');
  return {
    id,
    messageId: mail.messageId ?? '',
    to,
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    date: (mail.date ?? new Date(0)).toISOString(),
    receivedAt: new Date(Number(id.split('-')[0])).toISOString(),
  };
}

function answer(messages: readonly Message[], url: string): { status: number; type: string; body: string } {
  const at = new URL(url, 'http://mailbox.invalid');
  const page = (body: string, status = 200) => ({ status, type: 'text/html; charset=utf-8', body });
  if (at.pathname === '/api/messages') {
    const [id, to] = [at.searchParams.get('messageId'), at.searchParams.get('to')];
    const found = messages.filter(
      (message) => (id === null || message.messageId === id) && (to === null || message.to === to),
    );
    return { status: 200, type: 'application/json', body: JSON.stringify(found) };
  }
  if (at.pathname === '/') return page(mailboxPage(messages));
  const message = messages.find(({ id }) => at.pathname === `/message/${id}`);
  return message ? page(messagePage(message)) : page(mailboxPage(messages), 404);
}

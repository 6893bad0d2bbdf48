import { createServer } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { SMTPServer } from 'smtp-server';
import { type MailboxStore, type Message, openStore } from './mailbox-store.ts';
import { mailboxApp } from './mailbox-app.tsx';
import { freePort } from './ports.ts';

export type { Message } from './mailbox-store.ts';
export type Mailbox = {
  smtpUrl: string;
  webUrl: string;
  smtpPort: number;
  webPort: number;
  /** In the order they came in. */
  messages(): Message[];
  stop(): Promise<void>;
};

/**
 * A real SMTP server that keeps what it gets as files in `dir`, and a page to read them. A mail is acknowledged once it is on
 * disk. Ports are wishes: others are taken when these are busy.
 */
export async function startMailbox(options: {
  dir: string;
  smtpPort?: number | undefined;
  webPort?: number | undefined;
}): Promise<Mailbox> {
  const store = await openStore(path.resolve(options.dir));
  const smtp = smtpServer(store);
  const smtpPort = await listen(smtp, options.smtpPort);
  const web = createServer((request, response) => void page(request, response));
  const page = getRequestListener(mailboxApp(store.messages).fetch);
  const webPort = await listen(web, options.webPort);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    webUrl: `http://127.0.0.1:${webPort}`,
    smtpPort,
    webPort,
    messages: store.messages,
    async stop() {
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => web.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

function smtpServer(store: MailboxStore): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    // Open connections of the mail pool must not hold up a stop.
    closeTimeout: 500,
    onData(stream, _session, callback) {
      keep(store, stream).then(
        () => callback(),
        () => callback(new Error('not stored')),
      );
    },
  });
}

async function keep(store: MailboxStore, stream: Readable): Promise<void> {
  await store.keep(await buffer(stream));
}

type Listener = {
  listen(port: number, host: string, then: () => void): unknown;
  once(event: 'error', then: (error: Error) => void): unknown;
  on(event: 'error', then: () => void): unknown;
};

async function listen(server: Listener, wished: number | undefined): Promise<number> {
  const port = await freePort(wished);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A line that breaks is the sender's affair.
  server.on('error', () => undefined);
  return port;
}

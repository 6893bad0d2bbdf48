import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpAddress } from './smtp-address.ts';
import type { ComposedMail } from './smtp-message.ts';

/**
 * What became of one mail. `try_later`: the server cannot have it. `unknown`: it may have it, so nothing is sent again before
 * somebody has looked (I-3). `refused`: the server said no for good (5xx about this mail).
 */
export type SendResult =
  | { kind: 'accepted'; reply: string }
  | { kind: 'refused'; code: number }
  | { kind: 'try_later'; code?: number }
  | { kind: 'unknown' };

export type SmtpSession = {
  /** Sends over this connection. @param notAfter instant of `performance.now()` at which the connection is given up. */
  deliver(mail: ComposedMail, notAfter: number): Promise<SendResult>;
  isAlive(): boolean;
  end(): void;
};
type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

/** Connects, upgrades to TLS and signs in as the address says. @throws Error when the server cannot be used now. */
export async function openSession({ connection: options, login }: SmtpAddress, whole: number): Promise<SmtpSession> {
  const connection = new SMTPConnection(options);
  let alive = true;
  connection.on('end', () => (alive = false));
  try {
    await within(whole, (settle) => {
      connection.on('error', settle);
      connection.connect((error) => {
        if (error || !login) return settle(error);
        connection.login({ credentials: login }, (refused) => settle(refused ?? undefined));
      });
    });
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    deliver: (mail, notAfter) => deliver(connection, mail, notAfter),
    isAlive: () => alive,
    end() {
      if (!alive) return;
      connection.quit();
      setTimeout(() => connection.close(), 1_000).unref();
    },
  };
}

async function deliver(connection: SMTPConnection, mail: ComposedMail, notAfter: number): Promise<SendResult> {
  const body = lazyBody(mail.raw);
  try {
    let reply = '';
    await within(notAfter - performance.now(), (settle) => {
      connection.send({ from: mail.envelope.from, to: [mail.envelope.to] }, body.stream, (error, info) => {
        reply = error ? '' : info.response;
        settle(error ?? undefined);
      });
    });
    return { kind: 'accepted', reply };
  } catch (error) {
    // Anything but an acceptance leaves the session in doubt: it is not used again.
    connection.close();
    return judge(error instanceof Error ? error : new Error('not sent'), body.wasRead());
  }
}

/** Verbs whose refusal is about the mail. A 5xx at the greeting or the sign-in is about our access: the mail waits. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** « Authenticate first », wherever it is said, is about our access too. */
const SIGN_IN_CODES = new Set([530, 534, 535, 538]);

function judge(error: SmtpError, bodyRead: boolean): SendResult {
  const code = error.responseCode;
  if (bodyRead && !(error.code === 'EMESSAGE' && code !== undefined && code >= 400)) return { kind: 'unknown' };
  if (code === undefined) return { kind: 'try_later' };
  const forGood = code >= 500 && ABOUT_THE_MAIL.has(error.command ?? '') && !SIGN_IN_CODES.has(code);
  return forGood ? { kind: 'refused', code } : { kind: 'try_later', code };
}

/** The body is read only once the server has said 354: unread means that the server cannot have the mail (finding 3). */
function lazyBody(raw: Buffer): { stream: Readable; wasRead(): boolean } {
  let wasRead = false;
  const stream = new Readable({
    read() {
      wasRead = true;
      this.push(raw);
      this.push(null);
    },
  });
  return { stream, wasRead: () => wasRead };
}

function within(milliseconds: number, run: (settle: (error?: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), Math.max(milliseconds, 0));
    run((error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    });
  });
}

import { readSmtpUrl, SMTP_LIMITS, type SmtpLimits } from './smtp-address.ts';
import { AddressRefused, type ComposedMail, composeMail, type OutgoingMail } from './smtp-message.ts';
import { openSession, type SendResult, type SmtpSession } from './smtp-session.ts';

export type { OutgoingMail } from './smtp-message.ts';
export type { SendResult } from './smtp-session.ts';

export type Smtp = {
  /**
   * Sends one mail to one address and says what is known of it. Throws only before it connects (a setting of ours is wrong).
   * @param notAfter instant of `performance.now()` at which it is given up: the row's lease would run out, another may send.
   */
  send(mail: OutgoingMail, notAfter?: number): Promise<SendResult>;
  /** True when the server greets us and lets us in now. */
  verify(): Promise<boolean>;
  close(): Promise<void>;
};

const CONNECTIONS = 4;
/** RFC 5321's « mailbox name not allowed », said by ourselves: the address is no plain address, no server was asked. */
const NOT_AN_ADDRESS = 553;

/** A small pool of connections to the town's mail server; SMTP is spoken here and nowhere else. */
export function openSmtp(url: string, limits: SmtpLimits = SMTP_LIMITS): Smtp {
  const address = readSmtpUrl(url, limits);
  const idle: SmtpSession[] = [];
  const queue: (() => void)[] = [];
  let free = CONNECTIONS;
  let closed = false;

  async function take(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  }
  function giveBack(): void {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  }
  function reusable(): SmtpSession | undefined {
    for (;;) {
      const session = idle.pop();
      if (!session || session.isAlive()) return session;
    }
  }
  async function deliverOver(session: SmtpSession, mail: ComposedMail, notAfter: number): Promise<SendResult> {
    const result = await session.deliver(mail, notAfter);
    if (result.kind === 'accepted' && session.isAlive() && !closed) idle.push(session);
    else session.end();
    return result;
  }
  async function deliver(mail: ComposedMail, notAfter: number): Promise<SendResult> {
    const known = reusable();
    if (known) {
      const result = await deliverOver(known, mail, notAfter);
      // A server ends idle sessions as it likes: nothing of the mail has left, so a new connection is tried at once.
      if (result.kind !== 'try_later' || result.code !== undefined) return result;
    }
    let fresh: SmtpSession;
    try {
      fresh = await openSession(address, notAfter - performance.now());
    } catch (error) {
      return { kind: 'try_later', ...replyCode(error) };
    }
    return deliverOver(fresh, mail, notAfter);
  }

  return {
    async send(mail, notAfter = Infinity) {
      let composed: ComposedMail;
      try {
        composed = await composeMail(mail);
      } catch (error) {
        if (error instanceof AddressRefused) return { kind: 'refused', code: NOT_AN_ADDRESS };
        throw error;
      }
      await take();
      try {
        return await deliver(composed, Math.min(notAfter, performance.now() + limits.whole));
      } finally {
        giveBack();
      }
    },
    async verify() {
      try {
        (await openSession(address, limits.connect + limits.greeting)).end();
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      closed = true;
      for (const session of idle.splice(0)) session.end();
    },
  };
}

function replyCode(error: unknown): { code?: number } {
  const has = error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number';
  return has && typeof error.responseCode === 'number' ? { code: error.responseCode } : {};
}

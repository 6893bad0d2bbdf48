import { listen } from '../outbox/listen.ts';
import { type DueMail, dueMails } from './due-mails.query.ts';
import type { MailContext } from './mail-context.ts';
import { sendMail, settleLostMail } from './send-mail.command.ts';

export type Pump = { stop(): Promise<void> };

const AT_ONCE = 4;
const BATCH = 40;
const POLL_MS = 1_000;

/**
 * Sends the ledger's mails as they fall due, for all towns: woken when one is written, and looking once a second. Runs in the
 * worker role, any number at once. `stop` lets what is being sent end, then closes the connections.
 */
export function startPump(ctx: MailContext, url: string): Pump {
  let stopped = false;
  let woken = false;
  let waiting: DueMail[] = [];
  let refill: Promise<void> | undefined;
  let rest: { over: Promise<void>; end: () => void } | undefined;
  const poke = () => {
    woken = true;
    rest?.end();
  };
  const listener = listen(url, ['mail'], poke);

  async function next(): Promise<DueMail | undefined> {
    if (waiting.length === 0) {
      woken = false;
      refill ??= dueMails(ctx.db, BATCH)
        .then((due) => void (waiting = due))
        .finally(() => (refill = undefined));
      await refill;
    }
    return waiting.shift();
  }

  /** The lanes rest together: one look a second for all of them. */
  function pause(): Promise<void> {
    if (stopped || woken) return Promise.resolve();
    if (!rest) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, POLL_MS);
      const over = promise.finally(() => {
        clearTimeout(timer);
        rest = undefined;
      });
      rest = { over, end: resolve };
    }
    return rest.over;
  }

  async function lane(): Promise<void> {
    while (!stopped) {
      try {
        const mail = await next();
        if (!mail) await pause();
        else if (mail.lost) await settleLostMail(ctx, mail.town_id, mail, mail.held_for_long);
        else await sendMail(ctx, mail.town_id, mail.id);
      } catch (error) {
        ctx.log.error('pump_failed', error);
        woken = false;
        await pause();
      }
    }
  }
  const lanes = Array.from({ length: AT_ONCE }, lane);
  return {
    async stop() {
      stopped = true;
      poke();
      await listener.stop();
      await Promise.all(lanes);
      await ctx.smtp.close();
    },
  };
}

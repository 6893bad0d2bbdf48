import { type Lanes, startLanes } from '../outbox/lanes.ts';
import { dueMails } from './due-mails.query.ts';
import type { MailContext } from './mail-context.ts';
import { sendMail, settleLostMail } from './send-mail.command.ts';

export type Pump = Lanes;

const AT_ONCE = 4;
const BATCH = 40;
const POLL_MS = 1_000;

/**
 * Sends the ledger's mails as they fall due, for all towns: woken when one is written, and looking once a second. Runs in the
 * worker role, any number at once. `stop` lets what is being sent end, then closes the connections.
 */
export function startPump(ctx: MailContext, url: string): Pump {
  const lanes = startLanes({
    url,
    channel: 'mail',
    lanes: AT_ONCE,
    pollMs: POLL_MS,
    log: ctx.log,
    failed: 'pump_failed',
    due: () => dueMails(ctx.db, BATCH),
    run: (mail) =>
      mail.lost ? settleLostMail(ctx, mail.town_id, mail, mail.held_for_long) : sendMail(ctx, mail.town_id, mail.id),
  });
  return {
    async stop() {
      await lanes.stop();
      await ctx.smtp.close();
    },
  };
}

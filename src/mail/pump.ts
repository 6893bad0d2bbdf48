import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { listen } from '../outbox/listen.ts';
import type { MailContext } from './mail-context.ts';
import { sendMail, settleUnknown } from './send-mail.command.ts';

export type Pump = { stop(): Promise<void> };

const AT_ONCE = 4;
const POLL_MS = 1_000;
type Due = { id: string; town_id: string };
type Lost = {
  id: string;
  town_id: string;
  template: string;
  case_id: string | null;
  person_id: string | null;
  message_id: string;
  attempts: number;
};

/** Sends the ledger's mails as they fall due, for all towns; runs in the worker role, any number at once. */
export function startPump(ctx: MailContext, url: string): Pump {
  let stopped = false;
  let woken = false;
  let wake: () => void = () => undefined;
  const poke = () => {
    woken = true;
    wake();
  };
  const listener = listen(url, ['mail'], poke);

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      let sent = 0;
      try {
        await settleLost(ctx);
        sent = await sendDue(ctx);
      } catch (error) {
        ctx.log.error('pump_failed', error);
      }
      if (sent === 0 && !woken && !stopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, POLL_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  }
  const running = loop();
  return {
    async stop() {
      stopped = true;
      poke();
      await listener.stop();
      await running;
      await ctx.smtp.close();
    },
  };
}

async function sendDue(ctx: MailContext): Promise<number> {
  const due = await ofAllTowns<Due>(
    ctx.db,
    sql`select mail.id, mail.town_id from mail join town on town.id = mail.town_id
        where mail.state = 'queued' and mail.next_attempt_at <= clock_timestamp()
          and mail.not_before <= clock_timestamp() + make_interval(secs => town.clock_offset_ms / 1000.0)
        order by mail.not_before limit 40`,
  );
  const queue = [...due];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let mail = queue.shift(); mail; mail = queue.shift()) await sendMail(ctx, mail.town_id, mail.id);
    }),
  );
  return due.length;
}

async function settleLost(ctx: MailContext): Promise<void> {
  const lost = await ofAllTowns<Lost>(
    ctx.db,
    sql`select id, town_id, template, case_id, person_id, message_id, attempts from mail
        where state = 'sending' and lease_until < clock_timestamp() limit 20`,
  );
  for (const mail of lost) await settleUnknown(ctx, mail.town_id, await ctx.policies.of(mail.town_id), mail);
}

const NO_TOWN = '00000000-0000-0000-0000-000000000000';

/** The worker's policy on the ledger spans towns; everything about one mail is then done inside its town. */
async function ofAllTowns<T>(db: Db, query: ReturnType<typeof sql>): Promise<T[]> {
  return db.transaction().execute(async (transaction) => {
    await sql`select set_config('role', 'app_worker', true), set_config('app.town', ${NO_TOWN}, true)`.execute(
      transaction,
    );
    const found = await query.execute(transaction);
    // The two queries above select exactly these columns.
    return found.rows as T[];
  });
}

import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { createActivities } from '../activities/index.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/database.ts';
import type { Log } from '../log.ts';
import { lookupBy } from '../mail/mail-context.ts';
import { startPump } from '../mail/pump.ts';
import { openSmtp } from '../mail/smtp-send.ts';
import { bundleWorkflows } from '../temporal/bundle.ts';
import { startWorker as startTemporalWorker } from '../temporal/worker.ts';
import { openRole, publicAddress, type Stop } from './open-role.ts';

const BEAT_MS = 4_000;

/** Workflows, activities and the mail pump. It starts without Temporal and joins it when it answers. Any number may run at once. */
export async function startWorker(config: Config, log: Log, instance: string): Promise<Stop> {
  const ctx = await openRole(config, 'app_worker', log);
  const smtp = openSmtp(config.smtpUrl);
  const pump = startPump(
    {
      ...ctx,
      smtp,
      log,
      origin: publicAddress(config),
      from: config.mailFrom,
      lookup: config.mailLookupUrl ? lookupBy(config.mailLookupUrl) : undefined,
    },
    config.databaseUrl,
  );
  const beat = () =>
    void smtp
      .verify()
      .then((up) => heartbeat(ctx.db, instance, up))
      .catch(() => undefined);
  const beating = setInterval(beat, BEAT_MS);
  beat();
  const bundle = config.temporal.bundlePath
    ? readFileSync(config.temporal.bundlePath, 'utf8')
    : await bundleWorkflows();
  let stopped = false;
  let running: Awaited<ReturnType<typeof startTemporalWorker>> | undefined;
  const connected = (async () => {
    while (!stopped && !running) {
      try {
        running = await startTemporalWorker(config.temporal, ctx.keys, createActivities(ctx, log), bundle, log);
        log.info('polling');
      } catch (error) {
        log.warn('temporal_not_there_yet', { error: error instanceof Error ? error.name : 'unknown' });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  })();
  return async () => {
    stopped = true;
    clearInterval(beating);
    await connected;
    await pump.stop();
    await running?.stop();
    await ctx.db.destroy();
  };
}

/** The worker's column `temporal` says whether SMTP answered: it is the role that sends. */
async function heartbeat(db: Db, instance: string, smtpUp: boolean): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'app_worker', true)`.execute(tx);
    await sql`insert into heartbeat (role, instance, at, temporal) values ('worker', ${instance}, clock_timestamp(), ${smtpUp ? 'up' : 'down'})
      on conflict (role, instance) do update set at = excluded.at, temporal = excluded.temporal`.execute(tx);
  });
}

import { readFileSync } from 'node:fs';
import { createActivities } from '../activities/index.ts';
import { startChecks } from '../attachments/check-pump.ts';
import { clamdScanner } from '../attachments/clamd.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { lookupBy } from '../mail/mail-context.ts';
import { startPump } from '../mail/pump.ts';
import { openSmtp } from '../mail/smtp-send.ts';
import { bundleWorkflows } from '../temporal/bundle.ts';
import { keepPolling } from '../temporal/keep-polling.ts';
import { startWorker as startTemporalWorker } from '../temporal/worker.ts';
import { openRole, publicAddress, type Stop } from './open-role.ts';
import { startWorkerBeat } from './worker-beat.ts';

/** Workflows, activities, the mail pump and the checks of files. It starts without Temporal and joins it when it answers. Any number may run at once. */
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
  const scanner = config.clamdAddress ? clamdScanner(config.clamdAddress) : undefined;
  const checks = startChecks({ ...ctx, log }, scanner, config.databaseUrl);
  const beat = startWorkerBeat(ctx.db, instance, smtp);
  const bundle = config.temporal.bundlePath
    ? readFileSync(config.temporal.bundlePath, 'utf8')
    : await bundleWorkflows();
  const polling = keepPolling(
    () => startTemporalWorker(config.temporal, ctx.keys, createActivities(ctx, log), bundle, log),
    log,
  );
  return async () => {
    beat.stop();
    await polling.stop();
    await Promise.all([pump.stop(), checks.stop()]);
    await ctx.db.destroy();
  };
}

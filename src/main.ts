import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { createActivities } from './activities/index.ts';
import type { CommandContext } from './command-context.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { armCrashPoint } from './crash-point.ts';
import { type Db, openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { refusePrivilegedLogin } from './db/transaction.ts';
import { TownPolicies } from './deadlines/town-policy.ts';
import { createApp } from './http/app.tsx';
import { acceptedOrigins } from './http/origin.ts';
import { TownDirectory } from './http/town-of-request.ts';
import { createLog, type Log } from './log.ts';
import { lookupBy } from './mail/mail-context.ts';
import { startPump } from './mail/pump.ts';
import { openSmtp } from './mail/smtp-send.ts';
import { startRelay } from './outbox/relay.ts';
import { verifyKeyCheck } from './privacy/field-encryption.ts';
import { parseKeyRing } from './privacy/key-ring.ts';
import { bundleWorkflows } from './temporal/bundle.ts';
import { openTemporal } from './temporal/client.ts';
import { streamSignaller } from './temporal/signal-stream.ts';
import { startWorker } from './temporal/worker.ts';
import { createTown } from './towns/create-town.ts';
import { TownFile } from './towns/town-file.ts';

// One program, four long-running roles and two commands: web · worker · relay · migrate · town create FILE.json [--if-missing].

type Stop = () => Promise<void>;
const INSTANCE = randomUUID().slice(0, 8);

async function main(args: readonly string[]): Promise<Stop | undefined> {
  const [command = '', ...rest] = args;
  const config = readConfig();
  armCrashPoint(config.crashAt);
  switch (command) {
    case 'migrate':
      await migrate(config.migrateDatabaseUrl, config.logins);
      return undefined;
    case 'town':
      return townCommand(config, rest);
    case 'web':
      return web(config, createLog('web', config.logLevel));
    case 'worker':
      return worker(config, createLog('worker', config.logLevel));
    case 'relay':
      return relay(config, createLog('relay', config.logLevel));
    default:
      throw new ConfigError('usage: main web|worker|relay|migrate|town create FILE.json [--if-missing]');
  }
}

async function townCommand(config: Config, [action, file, flag]: readonly string[]): Promise<undefined> {
  if (action !== 'create' || !file || !existsSync(file))
    throw new ConfigError('usage: main town create FILE.json [--if-missing]');
  const town = TownFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const created = await createTown(config.migrateDatabaseUrl, parseKeyRing(config.keys), town);
  if (!created && flag !== '--if-missing') throw new ConfigError(`A town with the slug ${town.slug} exists already`);
  console.log(created ? `Town ${town.slug} created: ${created}` : `Town ${town.slug} is there`);
  return undefined;
}

async function openRole(config: Config, role: 'app_public' | 'app_worker', log: Log): Promise<CommandContext> {
  const db = openDatabase(config.databaseUrl, { onIdleError: (error) => log.error('database_connection_lost', error) });
  await refusePrivilegedLogin(db);
  const keys = parseKeyRing(config.keys);
  return { db, keys, policies: new TownPolicies(db, role) };
}

/** Refuses an unknown kid, a wrong key under a known one, and a demo mode beside a town that is not a demo. */
async function checkTowns(db: Db, keys: CommandContext['keys'], demo: boolean): Promise<void> {
  const towns = await db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'app_public', true)`.execute(tx);
    return tx.selectFrom('town').select(['kid', 'key_check', 'is_demo']).execute();
  });
  for (const town of towns) verifyKeyCheck(keys, town.kid, town.key_check);
  if (demo && towns.some((town) => !town.is_demo))
    throw new ConfigError('PASSERELLE_DEMO is refused beside a town that is not a demo');
}

async function web(config: Config, log: Log): Promise<Stop> {
  const ctx = await openRole(config, 'app_public', log);
  await checkTowns(ctx.db, ctx.keys, config.demo);
  const towns = new TownDirectory(ctx.db);
  await towns.refresh();
  let port = config.port;
  const app = createApp({
    ...ctx,
    towns,
    log,
    stateDir: config.stateDir,
    demo: config.demo,
    origins: () => acceptedOrigins(config.demo, port, config.publicOrigin),
  });
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const address = server.address();
  if (typeof address === 'object' && address) port = address.port;
  log.info('listening', { port });
  return async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await ctx.db.destroy();
  };
}

async function worker(config: Config, log: Log): Promise<Stop> {
  const ctx = await openRole(config, 'app_worker', log);
  const smtp = openSmtp(config.smtpUrl);
  const pump = startPump(
    {
      ...ctx,
      smtp,
      log,
      origin: (config.publicOrigin ?? `http://${config.host}:${config.port}`).replace(/\/$/, ''),
      from: config.mailFrom,
      lookup: config.mailLookupUrl ? lookupBy(config.mailLookupUrl) : undefined,
    },
    config.databaseUrl,
  );
  const beat = setInterval(() => {
    void smtp
      .verify()
      .then((up) => heartbeat(ctx.db, up))
      .catch(() => undefined);
  }, 4_000);
  void smtp
    .verify()
    .then((up) => heartbeat(ctx.db, up))
    .catch(() => undefined);
  const bundle = config.temporal.bundlePath
    ? readFileSync(config.temporal.bundlePath, 'utf8')
    : await bundleWorkflows();
  let stopped = false;
  let running: Awaited<ReturnType<typeof startWorker>> | undefined;
  const connected = (async () => {
    while (!stopped && !running) {
      try {
        running = await startWorker(config.temporal, ctx.keys, createActivities(ctx, log), bundle, log);
        log.info('polling');
      } catch (error) {
        log.warn('temporal_not_there_yet', { error: error instanceof Error ? error.name : 'unknown' });
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  })();
  return async () => {
    stopped = true;
    clearInterval(beat);
    await connected;
    await pump.stop();
    await running?.stop();
    await ctx.db.destroy();
  };
}

async function heartbeat(db: Db, smtpUp: boolean): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'app_worker', true)`.execute(tx);
    await sql`insert into heartbeat (role, instance, at, temporal) values ('worker', ${INSTANCE}, clock_timestamp(), ${smtpUp ? 'up' : 'down'})
      on conflict (role, instance) do update set at = excluded.at, temporal = excluded.temporal`.execute(tx);
  });
}

async function relay(config: Config, log: Log): Promise<Stop> {
  const db = openDatabase(config.databaseUrl, { onIdleError: (error) => log.error('database_connection_lost', error) });
  await refusePrivilegedLogin(db);
  const temporal = openTemporal(config.temporal, parseKeyRing(config.keys));
  const signaller = streamSignaller(temporal.client, config.temporal.taskQueue);
  const running = startRelay({ db, url: config.databaseUrl, signaller, log, instance: INSTANCE });
  return async () => {
    await running.stop();
    await temporal.connection.close();
    await db.destroy();
  };
}

try {
  const stop = await main(process.argv.slice(2));
  if (stop) {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        setTimeout(() => process.exit(1), 12_000).unref();
        void stop().finally(() => process.exit(0));
      });
    }
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}

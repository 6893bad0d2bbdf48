import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { children, endOrphans } from './children.ts';
import { keepUp } from './keep-up.ts';
import { startMailbox } from './mailbox.ts';
import { ownDatabase } from './own-database.ts';
import { freePort, isFree, nextFreePort, setAside } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { type Addresses, announce, say } from './say.ts';
import { claimStart } from './start-claim.ts';
import { rememberSecrets } from './start-secrets.ts';
import { startTemporalBehind } from './start-temporal.ts';
import { readJson, writeJson } from './state-file.ts';
import { leftTemporal } from './temporal-server.ts';

// `npm start`: real PostgreSQL, Temporal and mailbox, the fictional town, then web, worker and relay. Forms work as soon as
// PostgreSQL does; the Temporal server may still be building behind its progress bar.

const PROGRAM = fileURLToPath(import.meta.url);
const TOWN = fileURLToPath(new URL('val-riviere.json', import.meta.url));
const env = process.env;
const dir = path.resolve(env['PASSERELLE_STATE_DIR'] ?? path.join(path.dirname(PROGRAM), '../../.passerelle'));
const at = (name: string) => path.join(dir, name);
const ending = new AbortController();
/** Undone in the reverse order of their making: roles before the parts they lean on. */
const stops: (() => Promise<void> | void)[] = [];

type Ports = { postgres?: number; smtp?: number; mailbox?: number; temporal?: number; web?: number };

async function start(): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  stops.push(claimStart(dir, PROGRAM));
  rmSync(at('state.json'), { force: true });
  stops.push(() => rmSync(at('state.json'), { force: true }));
  await endOrphans(dir);
  // Written below as Ports.
  const ports = (readJson(at('ports.json')) ?? {}) as Ports;

  say('PostgreSQL…');
  const postgres = env['DATABASE_URL'] ? undefined : await embeddedPostgres(ports.postgres);
  const adminUrl = await ownDatabase(env['DATABASE_URL'] ?? postgres?.adminUrl ?? '');
  ending.signal.throwIfAborted();
  const mailbox = env['SMTP_URL']
    ? undefined
    : await startMailbox({ dir: at('mailbox'), smtpPort: ports.smtp, webPort: ports.mailbox });
  if (mailbox) stops.push(mailbox.stop);
  const temporalPort = leftTemporal(at('temporal'))?.port ?? (await freePort(ports.temporal));
  const web = await webPort(ports.web);
  const chosen: Ports = { ...ports, temporal: temporalPort, web };
  if (postgres) chosen.postgres = postgres.port;
  if (mailbox) [chosen.smtp, chosen.mailbox] = [mailbox.smtpPort, mailbox.webPort];
  writeJson(at('ports.json'), chosen);

  const state: Addresses = {
    web: `http://localhost:${web}`,
    mailbox: mailbox?.webUrl ?? '',
    smtp: mailbox?.smtpUrl ?? env['SMTP_URL'] ?? '',
    postgres: new URL(adminUrl).host,
    temporal: env['TEMPORAL_ADDRESS'] ?? `127.0.0.1:${temporalPort}`,
    temporalUi: null,
  };
  await runProgram(adminUrl, state, mailbox && `${mailbox.webUrl}/api/messages`);
  if (env['TEMPORAL_ADDRESS']) return;
  const behind = startTemporalBehind(dir, temporalPort, ending.signal, ({ uiUrl }) =>
    writeJson(at('state.json'), { ...state, temporalUi: uiUrl ?? null }),
  );
  stops.push(async () => (await behind)?.());
}

async function embeddedPostgres(port: number | undefined): Promise<{ adminUrl: string; port: number }> {
  const options = { dir: at('postgres'), durable: true };
  const postgres = await startPostgres({ ...options, port });
  stops.push(keepUp('PostgreSQL', postgres, () => startPostgres({ ...options, port: postgres.port })));
  return postgres;
}

/** PORT is a wish of the person, so a busy one is said; without it, the last one used or the first free from 3000. */
async function webPort(last: number | undefined): Promise<number> {
  const isOurs = async (port: number) => (await isFree(port)) && (await setAside(port));
  const asked = env['PORT'];
  if (asked === undefined) return last !== undefined && (await isOurs(last)) ? last : nextFreePort(3000);
  if (await isOurs(Number(asked))) return Number(asked);
  throw new Error(`Le port ${asked} est déjà pris : choisissez-en un autre avec PORT=…`);
}

/** Schema, town and the three roles, told everything by their environment as in production. */
async function runProgram(adminUrl: string, state: Addresses, lookup: string | undefined): Promise<void> {
  const secrets = rememberSecrets(dir);
  const { host } = new URL(state.web);
  const common = {
    PASSERELLE_KEYS: secrets.keys,
    PASSERELLE_DEMO: '1',
    PASSERELLE_STATE_DIR: dir,
    SMTP_URL: state.smtp,
    ...(lookup ? { MAIL_LOOKUP_URL: lookup } : {}),
    TEMPORAL_ADDRESS: state.temporal,
    PORT: host.split(':')[1] ?? '3000',
    PUBLIC_ORIGIN: env['PUBLIC_ORIGIN'] ?? state.web,
    NODE_ENV: 'development',
  };
  const roles = children(dir, { watch: process.argv.includes('--watch'), ending: ending.signal });
  stops.push(roles.stop);
  say('La base et la ville de Val-Rivière (inventée)…');
  const admin = {
    ...common,
    DATABASE_URL: adminUrl,
    MIGRATE_DATABASE_URL: adminUrl,
    PASSERELLE_LOGINS: secrets.logins,
  };
  await roles.run(['migrate'], admin);
  await roles.run(['town', 'create', TOWN, '--if-missing'], admin);
  const asLogin = (login: Parameters<typeof secrets.urlOf>[0]) => secrets.urlOf(login, adminUrl);
  const auth = { AUTH_DATABASE_URL: asLogin('passerelle_auth') };
  await roles.run(['demo', 'people'], { ...admin, ...auth });
  ending.signal.throwIfAborted();
  roles.keep('web', { ...common, ...auth, DATABASE_URL: asLogin('passerelle_web') });
  roles.keep('worker', { ...common, DATABASE_URL: asLogin('passerelle_worker') });
  roles.keep('relay', { ...common, DATABASE_URL: asLogin('passerelle_relay') });
  writeJson(at('state.json'), state);
  if (await answers(state.web)) announce(state, dir);
  else say(`La page ne répond pas encore : voyez ${at('logs')}/web.log.`);
}

async function answers(web: string): Promise<boolean> {
  for (let tries = 0; tries < 200 && !ending.signal.aborted; tries += 1) {
    try {
      if ((await fetch(`${web}/readyz`)).ok) return true;
    } catch {
      // Not listening yet.
    }
    await wait(200);
  }
  return false;
}

let starting: Promise<void> | undefined;
async function stop(code: number): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort(new Error('arrêt demandé'));
  if (code === 0) say('Arrêt…');
  // What is being started is waited for, so that nothing is left running; a step that hangs is not.
  await Promise.race([starting?.catch(() => undefined), wait(20_000)]);
  for (const undo of stops.toReversed()) {
    try {
      await undo();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

starting = start();
starting.catch((error: unknown) => {
  if (ending.signal.aborted) return;
  console.error(error instanceof Error ? error.message : error);
  void stop(1);
});

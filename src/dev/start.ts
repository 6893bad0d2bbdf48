import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { children, endOrphans } from './children.ts';
import { startMailbox } from './mailbox.ts';
import { freePort, isFree } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { commandLine } from './processes.ts';
import { readJson, remembered, writeJson } from './state-file.ts';
import { findTemporal } from './temporal-binary.ts';
import { startTemporal } from './temporal-server.ts';

// `npm start`: real PostgreSQL, Temporal and mailbox, the fictional town, then web, worker and relay. Forms work as soon as
// PostgreSQL does; the Temporal server may still be building behind its progress bar.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const dir = path.join(root, '.passerelle');
const at = (...parts: string[]) => path.join(dir, ...parts);
const stops: (() => Promise<void>)[] = [];
type State = {
  web: string;
  mailbox: string;
  smtp: string;
  postgres: string;
  temporal: string;
  temporalUi: string | null;
};
type Ports = { postgres?: number; smtp?: number; mailbox?: number; temporal?: number; web?: number };

const key = () => randomBytes(32).toString('base64');
const password = () => randomBytes(18).toString('base64url');

async function start(): Promise<void> {
  const other = readJson(at('start.json'));
  const pid = typeof other === 'object' && other !== null && 'pid' in other ? Number(other.pid) : 0;
  if (
    pid &&
    pid !== process.pid &&
    commandLine(pid)?.includes('src/dev/start.ts') &&
    commandLine(pid)?.includes(root)
  ) {
    throw new Error(
      `Passerelle tourne déjà dans ce dossier (processus ${pid}). Arrêtez-la avec Ctrl-C, ou ouvrez l’adresse de .passerelle/state.json.`,
    );
  }
  writeJson(at('start.json'), { pid: process.pid });
  await endOrphans(dir);
  const roles = children(dir);
  const ports = (readJson(at('ports.json')) ?? {}) as Ports; // written by this program

  say('PostgreSQL…');
  const given = process.env['DATABASE_URL'];
  const postgres = given
    ? undefined
    : await startPostgres({ dir: at('postgres'), port: ports.postgres, durable: true });
  if (postgres) stops.push(postgres.stop);
  const adminUrl = given ?? (await ownDatabase(postgres?.adminUrl ?? ''));

  const mailbox = process.env['SMTP_URL']
    ? undefined
    : await startMailbox({ dir: at('mailbox'), smtpPort: ports.smtp, webPort: ports.mailbox });
  if (mailbox) stops.push(mailbox.stop);

  const givenTemporal = process.env['TEMPORAL_ADDRESS'];
  const temporalPort = givenTemporal ? undefined : await temporalPortOf(ports.temporal);
  const webPort = await webPortOf(ports.web);
  const logins = remembered(at('logins.json'), () => ({
    passerelle_web: password(),
    passerelle_worker: password(),
    passerelle_relay: password(),
    passerelle_auth: password(),
  }));
  const keys = remembered(at('keys.json'), () => ({ current: 'k1', keys: { k1: key() }, pepper: key() }));
  const loginUrl = (login: keyof typeof logins) => {
    const url = new URL(adminUrl);
    [url.username, url.password] = [login, logins[login]];
    return url.toString();
  };
  const state: State = {
    web: `http://localhost:${webPort}`,
    mailbox: mailbox?.webUrl ?? '',
    smtp: mailbox?.smtpUrl ?? process.env['SMTP_URL'] ?? '',
    postgres: new URL(adminUrl).host,
    temporal: givenTemporal ?? `127.0.0.1:${temporalPort}`,
    temporalUi: null,
  };
  writeJson(at('ports.json'), {
    ...(postgres ? { postgres: postgres.port } : {}),
    ...(mailbox ? { smtp: mailbox.smtpPort, mailbox: mailbox.webPort } : {}),
    ...(temporalPort ? { temporal: temporalPort } : {}),
    web: webPort,
  });
  const env = {
    PASSERELLE_KEYS: JSON.stringify(keys),
    PASSERELLE_DEMO: '1',
    PASSERELLE_STATE_DIR: dir,
    SMTP_URL: state.smtp,
    ...(mailbox ? { MAIL_LOOKUP_URL: `${mailbox.webUrl}/api/messages` } : {}),
    TEMPORAL_ADDRESS: state.temporal,
    PORT: String(webPort),
    PUBLIC_ORIGIN: process.env['PUBLIC_ORIGIN'] ?? `http://localhost:${webPort}`,
    NODE_ENV: 'development',
  };

  say('La base et la ville de Val-Rivière (inventée)…');
  const admin = {
    ...env,
    DATABASE_URL: adminUrl,
    MIGRATE_DATABASE_URL: adminUrl,
    PASSERELLE_LOGINS: JSON.stringify(logins),
  };
  await roles.run(['migrate'], admin);
  await roles.run(
    ['town', 'create', fileURLToPath(new URL('val-riviere.json', import.meta.url)), '--if-missing'],
    admin,
  );

  stops.unshift(roles.stop);
  const watch = process.argv.includes('--watch');
  roles.keep(
    'web',
    { ...env, DATABASE_URL: loginUrl('passerelle_web'), AUTH_DATABASE_URL: loginUrl('passerelle_auth') },
    watch,
  );
  roles.keep('worker', { ...env, DATABASE_URL: loginUrl('passerelle_worker') });
  roles.keep('relay', { ...env, DATABASE_URL: loginUrl('passerelle_relay') });
  writeJson(at('state.json'), state);
  await webAnswers(state.web);
  if (!givenTemporal) void temporalServer(temporalPort, state);
  announce(state);
}

/** The embedded cluster's database of this service. */
async function ownDatabase(clusterUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: clusterUrl });
  await client.connect();
  const known = await client.query("select 1 from pg_database where datname = 'passerelle'");
  if (known.rowCount === 0) await client.query('create database passerelle');
  await client.end();
  const url = new URL(clusterUrl);
  url.pathname = '/passerelle';
  return url.toString();
}

/** A server left running by a killed start keeps its port: it is adopted there. */
async function temporalPortOf(known: number | undefined): Promise<number> {
  const left = readJson(at('temporal', 'temporal.json'));
  const pid = typeof left === 'object' && left !== null && 'pid' in left ? Number(left.pid) : 0;
  const port = typeof left === 'object' && left !== null && 'port' in left ? Number(left.port) : 0;
  if (port && commandLine(pid)?.includes(at('temporal'))) return port;
  return freePort(known);
}

async function webPortOf(known: number | undefined): Promise<number> {
  const asked = process.env['PORT'];
  if (asked === undefined) return freePort(known ?? 3000);
  if (!(await isFree(Number(asked))))
    throw new Error(`Le port ${asked} est déjà pris : choisissez-en un autre avec PORT=…`);
  return Number(asked);
}

async function temporalServer(port: number | undefined, state: State): Promise<void> {
  try {
    writeJson(at('progress.json'), { temporal: 'building', done: 0, total: 0 });
    let shown = 0;
    const binary = await findTemporal(({ done, total, secondsLeft }) => {
      writeJson(at('progress.json'), { temporal: 'building', done, total, secondsLeft });
      if (Date.now() - shown < 2_000) return;
      shown = Date.now();
      const bar = '█'.repeat(Math.round((done / total) * 30)).padEnd(30, '·');
      say(
        `Serveur Temporal ${bar} ${done} paquets sur ${total}${secondsLeft === undefined ? '' : `, encore ${Math.ceil(secondsLeft / 60)} min`}`,
      );
    });
    writeJson(at('progress.json'), { temporal: 'starting' });
    const temporal = await startTemporal({ binary, dir: at('temporal'), port, ui: true, durable: true });
    stops.push(temporal.stop);
    writeJson(at('progress.json'), { temporal: 'up' });
    writeJson(at('state.json'), { ...state, temporal: temporal.address, temporalUi: temporal.uiUrl ?? null });
    say(`Serveur Temporal : ${temporal.uiUrl ?? temporal.address}. Les délais et les rappels avancent.`);
  } catch (error) {
    writeJson(at('progress.json'), { temporal: 'down' });
    say(`Le serveur Temporal ne démarre pas : ${error instanceof Error ? error.message : String(error)}`);
    say('Les formulaires restent acceptés ; les rappels partiront quand il sera là.');
  }
}

async function webAnswers(web: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    try {
      if ((await fetch(`${web}/readyz`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function announce(state: State): void {
  say('');
  say(`  Passerelle est ouverte : ${state.web}`);
  say(`  Le courrier envoyé     : ${state.mailbox || state.smtp}`);
  say('');
  say('  À essayer d’abord : ouvrez la page, choisissez une porte, envoyez une demande,');
  say('  lisez l’accusé dans le courrier, puis suivez la demande avec le code du reçu.');
  say('  Ctrl-C arrête tout ; les données restent dans .passerelle/.');
  say('');
}

function say(text: string): void {
  console.log(text);
}

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  say('Arrêt…');
  for (const end of stops) await end().catch(() => undefined);
  writeJson(at('start.json'), {});
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}

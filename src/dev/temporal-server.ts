import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { commandLine, endProcess, eventually } from './processes.ts';

const run = promisify(execFile);

export type LocalTemporal = {
  address: string;
  port: number;
  uiUrl: string | undefined;
  pid: number;
  stop(): Promise<void>;
};
export type TemporalOptions = { binary: string; dir: string; port?: number | undefined; ui: boolean; durable: boolean };

type Remembered = { pid: number; port: number; uiPort: number | undefined };

/**
 * Starts the Temporal dev server on a file in `dir`, or adopts the one a killed start left running on that file.
 * Write-ahead log pragmas (seven times faster), retention of closed runs 30 days, time skipping allowed (tests).
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const dir = path.resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'temporal.db');
  const adopted = await adopt(options.binary, dir, file);
  if (adopted) return adopted;
  const port = await freePort(options.port);
  const uiPort = options.ui ? await freePort() : undefined;
  const log = openSync(path.join(dir, 'temporal.log'), 'a', 0o600);
  const child = spawn(
    options.binary,
    [
      'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', file, '--log-level', 'error',
      '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', `synchronous=${options.durable ? 'normal' : 'off'}`,
      '--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true',
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ], // prettier-ignore
    { detached: true, stdio: ['ignore', log, log], cwd: dir },
  );
  child.unref();
  const { pid } = child;
  if (pid === undefined || !(await isUp(options.binary, port, 30_000))) {
    throw new Error(`The Temporal server does not start: see ${path.join(dir, 'temporal.log')}`);
  }
  writeFileSync(path.join(dir, 'temporal.json'), JSON.stringify({ pid, port, uiPort } satisfies Remembered));
  await run(options.binary, [
    'operator',
    'namespace',
    'update',
    '-n',
    'default',
    '--retention',
    '720h',
    '--address',
    `127.0.0.1:${port}`,
  ]);
  return handle({ pid, port, uiPort });
}

async function adopt(binary: string, dir: string, file: string): Promise<LocalTemporal | undefined> {
  const note = path.join(dir, 'temporal.json');
  if (!existsSync(note)) return undefined;
  // Written above as Remembered.
  const remembered = JSON.parse(readFileSync(note, 'utf8')) as Remembered;
  if (!commandLine(remembered.pid)?.includes(file)) return undefined;
  if (await isUp(binary, remembered.port, 5_000)) return handle(remembered);
  await endProcess(remembered.pid, 3_000);
  return undefined;
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

async function isUp(binary: string, port: number, patienceMs: number): Promise<boolean> {
  const up = await eventually(patienceMs, async () => {
    try {
      await run(binary, ['operator', 'cluster', 'health', '--address', `127.0.0.1:${port}`], { timeout: 3_000 });
      return true;
    } catch {
      return undefined;
    }
  });
  return up === true;
}

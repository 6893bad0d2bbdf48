import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../../src/dev/ports.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { commandLine, endProcess, eventually, isAlive } from '../../src/dev/processes.ts';
import { readJson } from '../../src/dev/state-file.ts';
import { temporalAddress } from '../support/parts.ts';

const START = fileURLToPath(new URL('../../src/dev/start.ts', import.meta.url));

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-start-'));
// PostgreSQL's own account must be able to enter the folder when root runs the tests.
chmodSync(dir, 0o711);
const groups: ChildProcess[] = [];
afterAll(async () => {
  for (const { pid } of groups) if (pid && isAlive(pid)) process.kill(-pid, 'SIGKILL');
  const postgres = postgresPid();
  if (commandLine(postgres)?.includes(dir)) await endProcess(postgres, 5_000, 'SIGINT');
  rmSync(dir, { recursive: true, force: true });
});

function postgresPid(): number {
  try {
    return Number(readFileSync(path.join(dir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}

type Started = { child: ChildProcess; said: () => string; ended: Promise<number | null> };

/** `npm start` in a process group of its own, as a shell would make it, on the run's Temporal server. */
async function start(port: number): Promise<Started> {
  const env = {
    ...process.env,
    PASSERELLE_STATE_DIR: dir,
    PORT: String(port),
    TEMPORAL_ADDRESS: await temporalAddress(),
    TEMPORAL_TASK_QUEUE: path.basename(dir),
  };
  const child = spawn(process.execPath, ['--import', 'tsx', START], { env, detached: true, stdio: 'pipe' });
  groups.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, said: () => said, ended };
}

async function ready(started: Started): Promise<void> {
  const seen = await eventually(60_000, async () =>
    started.said().includes('Passerelle est ouverte') || started.child.exitCode !== null ? true : undefined,
  );
  if (!seen || started.child.exitCode !== null) throw new Error(started.said());
}

/** The town's id, read through the server that is already running. */
async function town(): Promise<string | undefined> {
  const { adminUrl } = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
  const url = new URL(adminUrl);
  url.pathname = '/passerelle';
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from town');
  await client.end();
  return rows[0]?.id;
}

const roles = () => {
  const pids = readJson(path.join(dir, 'children.json'));
  return Array.isArray(pids) ? pids.filter((pid): pid is number => typeof pid === 'number' && isAlive(pid)) : [];
};

test('npm start, killed with everything it started, finds its server and data again; refuses a double; Ctrl-C leaves nothing', async () => {
  const port = await freePort();
  const first = await start(port);
  await ready(first);
  const state = readJson(path.join(dir, 'state.json'));
  expect(state).toMatchObject({ web: `http://localhost:${port}`, temporal: await temporalAddress() });
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  const [id, server] = [await town(), postgresPid()];
  expect(id).toBeDefined();

  const double = await start(await freePort());
  expect(await double.ended).toBe(1);
  expect(double.said()).toContain('tourne déjà');
  expect(isAlive(server)).toBe(true);

  if (first.child.pid) process.kill(-first.child.pid, 'SIGKILL');
  await first.ended;
  expect(isAlive(server)).toBe(true);

  const second = await start(port);
  await ready(second);
  expect(postgresPid()).toBe(server);
  expect(await town()).toBe(id);
  expect(roles()).toHaveLength(3);

  const pids = roles();
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  expect([...pids, server].filter(isAlive)).toEqual([]);
}, 180_000);

test('a web that was left running alone by a kill is ended by the next start, and gives its port back', async () => {
  const port = await freePort();
  const first = await start(port);
  await ready(first);
  const orphans = roles();
  first.child.kill('SIGKILL');
  await first.ended;
  expect(orphans.filter(isAlive)).toHaveLength(3);
  const second = await start(port);
  await ready(second);
  expect(orphans.filter(isAlive)).toEqual([]);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
}, 180_000);

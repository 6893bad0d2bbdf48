import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isFree } from '../../src/dev/ports.ts';
import { type LocalPostgres, startPostgres } from '../../src/dev/postgres.ts';
import { isAlive } from '../../src/dev/processes.ts';

const POSTGRES = fileURLToPath(new URL('../../src/dev/postgres.ts', import.meta.url));

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-parts-'));
// PostgreSQL's own account must be able to enter the folder when root runs the tests.
chmodSync(dir, 0o711);
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(dir, { recursive: true, force: true });
});

async function ask(postgres: { adminUrl: string }, text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ answer: string }>(text);
  await client.end();
  return rows.map(({ answer }) => answer);
}

describe('the PostgreSQL that npm brought', () => {
  const options = { dir: path.join(dir, 'postgres'), durable: true };
  let postgres: LocalPostgres;
  const parents: ChildProcess[] = [];
  beforeAll(async () => {
    postgres = await startPostgres(options);
    stops.push(() => postgres.stop());
  });
  afterEach(() => {
    for (const parent of parents.splice(0)) parent.kill('SIGKILL');
  });

  test('speaks UTF-8 and sorts as a French dictionary does', async () => {
    expect(await ask(postgres, `select upper('élève') as answer`)).toEqual(['ÉLÈVE']);
    const words = `select w as answer from unnest(array['œuf','étage','Élan','eau','Abbé','abbaye']) w order by w`;
    expect(await ask(postgres, words)).toEqual(['abbaye', 'Abbé', 'eau', 'Élan', 'étage', 'œuf']);
  });

  test('listens on the loopback only and opens to its password only, kept readable by its owner alone', async () => {
    expect(await ask(postgres, `select setting as answer from pg_settings where name = 'listen_addresses'`)).toEqual([
      '127.0.0.1',
    ]);
    const wrong = new URL(postgres.adminUrl);
    wrong.password = 'wrong';
    await expect(ask({ adminUrl: wrong.toString() }, 'select 1')).rejects.toThrow(/password/);
    expect(statSync(path.join(postgres.home, 'password')).mode & 0o777).toBe(0o600);
  });

  test('is adopted by the next start when the start that launched it was killed', async () => {
    await postgres.stop();
    const script = `const { startPostgres } = await import(${JSON.stringify(POSTGRES)});
      console.log(JSON.stringify(await startPostgres(${JSON.stringify(options)})));
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    parents.push(parent);
    const line = await new Promise<string>((resolve) =>
      createInterface({ input: parent.stdout }).once('line', resolve),
    );
    const launched: unknown = JSON.parse(line);
    const gone = new Promise((resolve) => parent.once('exit', resolve));
    parent.kill('SIGKILL');
    await gone;
    postgres = await startPostgres(options);
    expect(launched).toMatchObject({ pid: postgres.pid, port: postgres.port });
    expect(await ask(postgres, 'select 1 as answer')).toEqual([1]);
  });

  test('keeps its rows when it is itself killed, and starts again at once', async () => {
    await ask(postgres, 'create table kept (answer text)');
    await ask(postgres, `insert into kept values ('still here')`);
    process.kill(postgres.pid, 'SIGKILL');
    const killed = postgres.pid;
    postgres = await startPostgres(options);
    expect(postgres.pid).not.toBe(killed);
    expect(await ask(postgres, 'select answer from kept')).toEqual(['still here']);
  });

  test('takes no other process for its own: a stale pid file that names one is put aside', async () => {
    await postgres.stop();
    const data = path.join(postgres.home, 'data');
    writeFileSync(path.join(data, 'postmaster.pid'), [process.pid, data, 0, postgres.port].join('\n'));
    postgres = await startPostgres(options);
    expect(postgres.pid).not.toBe(process.pid);
    expect(isAlive(process.pid)).toBe(true);
  });

  test('moves to another port when its own is taken, and leaves nothing behind when stopped', async () => {
    await postgres.stop();
    expect(isAlive(postgres.pid)).toBe(false);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(postgres.port, '127.0.0.1', resolve));
    const before = postgres.port;
    postgres = await startPostgres({ ...options, port: before });
    await new Promise((resolve) => taken.close(resolve));
    expect(postgres.port).not.toBe(before);
    expect(await isFree(before)).toBe(true);
  });

  test.runIf(process.getuid?.() === 0)('runs for root from a folder closed to everybody else', async () => {
    const closed = mkdtempSync(path.join(dir, 'closed-'));
    const folder = path.join(closed, '.passerelle', 'postgres');
    const first = await startPostgres({ dir: folder, durable: false });
    await ask(first, `create table kept as select 'still here' as answer`);
    await first.stop();
    const again = await startPostgres({ dir: folder, durable: false });
    expect(again.home.startsWith(closed)).toBe(false);
    expect(await ask(again, 'select answer from kept')).toEqual(['still here']);
    await again.stop();
    rmSync(again.home, { recursive: true, force: true });
  });
});

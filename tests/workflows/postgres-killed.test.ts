import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type LocalPostgres, startPostgres } from '../../src/dev/postgres.ts';
import { mailbox, temporalAddress } from '../support/parts.ts';
import { submit } from '../support/request.ts';
import { type RoleProcess, startRole } from '../support/roles.ts';
import { type TestTown, testTown } from '../support/town.ts';

let postgres: LocalPostgres;
let town: TestTown;
let roles: RoleProcess[] = [];
const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-pgkilled-'));
const runsParts = process.env['PASSERELLE_TEST_PARTS'] ?? '';
const start = (port?: number) => startPostgres({ dir: path.join(dir, 'postgres'), port, durable: true });

beforeAll(async () => {
  await temporalAddress();
  postgres = await start();
  // The run's Temporal server and mailbox, with a PostgreSQL of one's own.
  const run: unknown = JSON.parse(readFileSync(runsParts, 'utf8'));
  const own = path.join(dir, 'parts.json');
  writeFileSync(own, JSON.stringify(Object.assign({}, run, { adminUrl: postgres.adminUrl })));
  process.env['PASSERELLE_TEST_PARTS'] = own;
  town = await testTown('pgkilled');
});
afterAll(async () => {
  await Promise.all(roles.map((role) => role.kill()));
  await town?.close();
  process.env['PASSERELLE_TEST_PARTS'] = runsParts;
  await postgres?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const accepted = async (address: string) => (await mailbox().messages({ to: address })).length;

test(
  'F-07: PostgreSQL killed and started again: relay and worker live on, and carry the next request to its mail',
  { timeout: 120_000 },
  async () => {
    const taskQueue = `pg-${randomBytes(6).toString('hex')}`;
    roles = await Promise.all((['relay', 'worker'] as const).map((role) => startRole(town, role, { taskQueue })));
    const [before, after] = ['avant', 'apres'].map(
      (name) => `${name}-${randomBytes(4).toString('hex')}@courriel.example`,
    );
    await submit(town, { email: before ?? '' });
    await vi.waitUntil(async () => (await accepted(before ?? '')) === 1, { timeout: 60_000, interval: 200 });

    process.kill(postgres.pid, 'SIGKILL');
    await wait(3_000);
    expect(roles.map(({ child }) => [child.exitCode, child.signalCode])).toEqual([
      [null, null],
      [null, null],
    ]);
    postgres = await start(postgres.port);
    await vi.waitUntil(
      () =>
        sql`select 1`.execute(town.owner).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    );
    await submit(town, { email: after ?? '' });
    await vi.waitUntil(async () => (await accepted(after ?? '')) === 1, { timeout: 60_000, interval: 200 });
    await wait(1_000);
    expect([await accepted(before ?? ''), await accepted(after ?? '')]).toEqual([1, 1]);
    expect(roles.map(({ child }) => child.exitCode)).toEqual([null, null]);
  },
);

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { createTown } from '../../src/towns/create-town.ts';
import { TownFile } from '../../src/towns/town-file.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { letLeasesEnd, mailContext, mailRow, queueMail } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
let server: LyingSmtp;
let pumps: Pump[] = [];
beforeAll(async () => {
  town = await testTown('pump');
});
afterAll(() => town.close());
beforeEach(async () => {
  server = await startLyingSmtp();
});
afterEach(async () => {
  await Promise.all(pumps.map((pump) => pump.stop()));
  pumps = [];
  await server.close();
});

const lookup = async (messageId: string) => server.stored.has(messageId);
function pump(): Pump {
  const started = startPump(mailContext(town, server.url, lookup), town.database.url('passerelle_worker'));
  pumps.push(started);
  return started;
}
async function closings(count: number): Promise<string[]> {
  const { caseId } = await submit(town);
  return Promise.all(
    Array.from({ length: count }, () => queueMail(town, { template: 'closed', caseId, personId: null })),
  );
}
async function states(): Promise<Record<string, number>> {
  const rows = await town.owner.selectFrom('mail').select('state').execute();
  return Object.fromEntries(
    [...Map.groupBy(rows, (row) => row.state)].map(([state, alike]) => [state, alike.length] as const),
  );
}
const allAccepted = () =>
  vi.waitUntil(async () => Object.keys(await states()).join() === 'accepted', { timeout: 20_000 });
const copies = () => [...server.stored.values()].map((mails) => mails.length);

test('I-3: three pumps over one ledger send each mail once, over no more than four connections each', async () => {
  for (let i = 0; i < 3; i += 1) pump();
  const ids = await closings(60);
  await allAccepted();
  expect(copies()).toEqual(ids.map(() => 1));
  expect(server.mostAtOnce()).toBeLessThanOrEqual(12);
  const rows = await town.owner.selectFrom('mail').select('attempts').execute();
  expect(new Set(rows.map((row) => row.attempts))).toEqual(new Set([1]));
});

test('a mail written down leaves at once, not at the next look', async () => {
  pump();
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  const begun = performance.now();
  await closings(1);
  await allAccepted();
  expect(performance.now() - begun).toBeLessThan(700);
});

test('F-21, F-24: among mails, some lost after the dot and some slow: all accepted, no copy twice', async () => {
  server.lie('dot', { drop: true, stored: true }, 5);
  server.lie('RCPT', { drop: true }, 5);
  server.lie('DATA', { slowMs: 200 }, 3);
  const ids = await closings(20);
  pump();
  const time = setInterval(() => void letLeasesEnd(town), 200);
  await allAccepted().finally(() => clearInterval(time));
  expect(copies()).toEqual(ids.map(() => 1));
});

test('stop lets what is being sent end, and takes nothing new', async () => {
  server.lie('dot', { slowMs: 300 }, 100);
  const ids = await closings(12);
  const running = pump();
  await vi.waitUntil(() => server.commands.includes('DATA'));
  await running.stop();
  const now = await states();
  expect(now['sending']).toBeUndefined();
  expect(now['queued']).toBeGreaterThan(0);
  server.lie('dot', { slowMs: 0 }, 0);
  pump();
  await allAccepted();
  expect(copies()).toEqual(ids.map(() => 1));
});

test('mails of every town leave, each from its own', async () => {
  const { default: raw } = await import('../../src/dev/val-riviere.json', { with: { type: 'json' } });
  const file = TownFile.parse({ ...raw, slug: 'other-town', name: 'Autreville' });
  const otherId = await createTown(town.database.adminUrl, town.keys, file);
  const person = await town.owner
    .selectFrom('person')
    .select('id')
    .where('town_id', '=', otherId ?? '')
    .where('ref', '=', 'R1')
    .executeTakeFirstOrThrow();
  const here = await queueMail(town, { template: 'invitation', caseId: null, personId: town.person('R1') });
  const other = { ...town, townId: otherId ?? '' };
  const there = await queueMail(other, { template: 'invitation', caseId: null, personId: person.id });
  pump();
  await allAccepted();
  const rawOf = async (id: string) => server.stored.get((await mailRow(town, id)).message_id)?.[0]?.raw ?? '';
  expect(await rawOf(here)).toContain('Val-Rivi');
  expect(await rawOf(there)).toContain('Autreville');
});

test('F-07: a database that goes away for a moment stops nothing for good', async () => {
  const quiet = { ...mailContext(town, server.url, lookup), log: createLog('test', 'silent') };
  pumps.push(startPump(quiet, town.database.url('passerelle_worker')));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { sql } = await import('kysely');
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'passerelle_worker' and datname = current_database()`.execute(
    town.owner,
  );
  await closings(3);
  await allAccepted();
});

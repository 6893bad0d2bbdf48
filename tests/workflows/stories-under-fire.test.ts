import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startMailbox } from '../../src/dev/mailbox.ts';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { startTemporal } from '../../src/dev/temporal-server.ts';
import { playStories } from '../../src/stories/play-stories.ts';
import type { ReadMail } from '../../src/stories/story-people.ts';
import { STORIES } from '../../src/stories/thirty-stories.ts';
import { temporalAddress } from '../support/parts.ts';
import { type RoleProcess, startRole } from '../support/roles.ts';
import { startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb } from '../support/web.ts';

// Stories told while the worker is killed every five seconds and the Temporal server at random, both with -9: in the end everything is as
// it is without. FIRE=3,8,30 takes other stories than these two short ones.

const WORKER_LIVES_MS = 5_000;
const SERVER_LIVES_MS = [4_000, 12_000] as const;
const TOLD = [29, 33];
const chosen = process.env['FIRE']?.split(',').map(Number) ?? TOLD;
const stories = STORIES.filter(({ n }) => chosen.includes(n)).map((story) => ({ ...story, startsAfter: 0 }));

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-fire-'));
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => void (await temporalAddress()));
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
  rmSync(dir, { recursive: true, force: true });
});

/** What remains of each case once its story is told: where it stands, what happened how often, what was written to whom. */
async function remains(town: TestTown, numbers: readonly { story: number; number: string }[]) {
  const found: Record<number, string[]> = {};
  for (const { story, number } of numbers) {
    const row = await town.owner
      .selectFrom('mediation_case')
      .select(['id', 'state', 'outcome'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const events = await town.owner.selectFrom('case_event').select('code').where('case_id', '=', row.id).execute();
    const mails = await town.owner
      .selectFrom('mail')
      .select(['template', 'state', 'contact_id', 'party_id', 'person_id'])
      .where('case_id', '=', row.id)
      .execute();
    const waits = await town.owner
      .selectFrom('deadline')
      .select(['kind', 'state'])
      .where('case_id', '=', row.id)
      .execute();
    found[story] = [
      `${row.state} ${row.outcome}`,
      ...events.map(({ code }) => `event ${code}`),
      ...mails.map(
        (mail) =>
          `mail ${mail.template} ${mail.state} ${mail.contact_id ? 'contact' : mail.party_id ? 'party' : mail.person_id ? 'staff' : 'requester'}`,
      ),
      ...waits.map(({ kind, state }) => `wait ${kind} ${state}`),
    ].toSorted();
  }
  return found;
}

const onStep = async ({ telling, told }: { telling: string; told: number }) => {
  if (process.env['LOG_LEVEL']) console.log(new Date().toISOString(), telling, told);
};

async function tell(town: TestTown, mails: (to: string) => Promise<ReadMail[]>) {
  const web = await startWeb(town);
  ends.push(web.stop);
  const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
  const endings = await playStories({ origin: web.origin, calendar, stories, mails, onStep });
  expect(endings.filter(({ asExpected }) => !asExpected)).toEqual([]);
  return endings;
}

async function inPeace() {
  const town = await testTown('peace');
  ends.push(town.close);
  const stack = await startStack(town);
  ends.push(stack.stop);
  const endings = await tell(town, (to) => Promise.resolve(stack.mailbox.messages().filter((mail) => mail.to === to)));
  await stack.calm();
  return remains(town, endings);
}

async function underFire() {
  const town = await testTown('fire');
  ends.push(town.close);
  const mails = await startMailbox({ dir: path.join(dir, 'mailbox') });
  ends.push(mails.stop);
  const start = async (port?: number) =>
    startTemporal({ binary: await findTemporal(), dir, port, ui: false, durable: true });
  let server = await start();
  ends.push(() => server.stop());
  const around = { taskQueue: `fire-${process.pid}`, temporal: server.address, mails };
  const relay = await startRole(town, 'relay', around);
  ends.push(relay.kill);
  let over = false;
  const killed = { workers: 0, servers: 0 };
  // Two at work, as in production; every five seconds the older one is killed and a new one comes.
  const worker = (async () => {
    const running: RoleProcess[] = [await startRole(town, 'worker', around)];
    while (!over) {
      running.push(await startRole(town, 'worker', around));
      await wait(WORKER_LIVES_MS);
      await running.shift()?.kill();
      killed.workers += 1;
    }
    await running.shift()?.kill();
  })();
  const temporal = (async () => {
    while (!over) {
      await wait(SERVER_LIVES_MS[0] + Math.random() * (SERVER_LIVES_MS[1] - SERVER_LIVES_MS[0]));
      process.kill(server.pid, 'SIGKILL');
      killed.servers += 1;
      server = await start(server.port);
    }
  })();
  try {
    const endings = await tell(town, (to) => Promise.resolve(mails.messages().filter((mail) => mail.to === to)));
    over = true;
    await Promise.all([worker, temporal]);
    const last = await startRole(town, 'worker', around);
    ends.push(last.kill);
    await vi.waitUntil(() => nothingWaits(town), { timeout: 60_000, interval: 200 });
    return { found: await remains(town, endings), killed };
  } finally {
    over = true;
  }
}

async function nothingWaits(town: TestTown): Promise<boolean> {
  const left = await sql<{ total: string }>`
    select steps + signals + mails as total from unfinished_before(${town.townId}::uuid, business_now(${town.townId}::uuid))`.execute(
    town.owner,
  );
  return left.rows[0]?.total === '0';
}

test(
  'the worker killed every five seconds, Temporal at random: the end state is the same as without',
  { timeout: 2_400_000 },
  async () => {
    const peace = await inPeace();
    const { found, killed } = await underFire();
    expect(killed.workers).toBeGreaterThan(3);
    expect(killed.servers).toBeGreaterThan(1);
    expect(found).toEqual(peace);
  },
);

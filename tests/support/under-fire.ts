import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { startMailbox } from '../../src/dev/mailbox.ts';
import { eventually } from '../../src/dev/processes.ts';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { startTemporal } from '../../src/dev/temporal-server.ts';
import { playStories } from '../../src/stories/play-stories.ts';
import type { ReadMail } from '../../src/stories/story-people.ts';
import type { Story } from '../../src/stories/thirty-stories.ts';
import { type RoleProcess, startRole } from './roles.ts';
import { startStack } from './stack.ts';
import { type TestTown, testTown } from './town.ts';
import { startWeb } from './web.ts';

// Stories told twice: in peace, and while the worker is killed every five seconds and the Temporal server at random, both with -9.

const A_WORKER_DIES_EVERY_MS = 5_000;
const BEGINS_WITHIN_MS = 120_000;
const LEAST_KILLS = { workers: 4, servers: 2 };
const QUIET_AT_LAST_MS = 120_000;

/** What is left once all is told: by story, each line where a case stands, what happened, what was written to whom, what was waited for. */
export type Remains = Record<number, string[]>;
/** A Temporal server lives a random time between these; workers are of the built program, where one is named. */
export type Danger = { serverLivesMs: readonly [number, number]; built?: string };
export type Kills = { workers: number; servers: number };
export type Fire = {
  peace: Remains;
  fire: Remains;
  killed: Kills;
  seconds: { peace: number; fire: number };
  endings: number;
};

/** Tells the stories in peace, then under fire. The stories must end as they are to end both times; whoever calls compares what remains. */
export async function underFire(
  stories: readonly Story[],
  danger: Danger,
  onStep: (telling: string) => void = () => undefined,
): Promise<Fire> {
  const ends: (() => Promise<void>)[] = [];
  const theatre: Theatre = { stories, onStep, ends };
  try {
    const begun = performance.now();
    const { found: peace } = await inPeace(theatre);
    const between = performance.now();
    const { found: fire, killed, endings } = await inFire(theatre, danger);
    const seconds = { peace: (between - begun) / 1_000, fire: (performance.now() - between) / 1_000 };
    return { peace, fire, killed, seconds, endings };
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

/** Lines that one has and the other has not, as often as they differ. */
export function differences({ peace, fire }: Pick<Fire, 'peace' | 'fire'>): string[] {
  const found: string[] = [];
  for (const story of Object.keys(peace).map(Number)) {
    const left = [...(fire[story] ?? [])];
    for (const line of peace[story] ?? []) {
      const at = left.indexOf(line);
      if (at < 0) found.push(`story ${story}: only in peace: ${line}`);
      else left.splice(at, 1);
    }
    found.push(...left.map((line) => `story ${story}: only under fire: ${line}`));
  }
  return found;
}

type Theatre = { stories: readonly Story[]; onStep: (telling: string) => void; ends: (() => Promise<void>)[] };

async function tell(
  { stories, onStep, ends }: Theatre,
  town: TestTown,
  mails: (to: string) => Promise<ReadMail[]>,
): Promise<{ story: number; number: string }[]> {
  const web = await startWeb(town);
  ends.push(web.stop);
  const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
  const step = async ({ telling, told, of }: { telling: string; told: number; of: number }) =>
    onStep(`${told}/${of} ${telling}`);
  const endings = await playStories({ origin: web.origin, calendar, stories, mails, onStep: step });
  const wrong = endings.filter(({ asExpected }) => !asExpected);
  if (wrong.length > 0) throw new Error(`not as expected: ${JSON.stringify(wrong)}`);
  return endings.map(({ story, number }) => ({ story, number }));
}

async function inPeace(theatre: Theatre): Promise<{ found: Remains }> {
  const town = await testTown('peace');
  theatre.ends.push(town.close);
  const stack = await startStack(town);
  theatre.ends.push(stack.stop);
  const endings = await tell(theatre, town, (to) =>
    Promise.resolve(stack.mailbox.messages().filter((mail) => mail.to === to)),
  );
  await stack.calm();
  return { found: await remains(town, endings) };
}

async function inFire(
  theatre: Theatre,
  { serverLivesMs, built }: Danger,
): Promise<{ found: Remains; killed: Kills; endings: number }> {
  const { ends } = theatre;
  const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-fire-'));
  ends.push(async () => rmSync(dir, { recursive: true, force: true }));
  const town = await testTown('fire');
  ends.push(town.close);
  const mails = await startMailbox({ dir: path.join(dir, 'mailbox') });
  ends.push(mails.stop);
  const start = async (port?: number) =>
    startTemporal({ binary: await findTemporal(), dir, port, ui: false, durable: true });
  let server = await start();
  ends.push(() => server.stop());
  const around = { taskQueue: `fire-${process.pid}`, temporal: server.address, mails, built };
  const relay = await startRole(town, 'relay', around);
  ends.push(relay.kill);
  let over = false;
  const killed: Kills = { workers: 0, servers: 0 };
  // Three at work; every five seconds the oldest is killed, as soon as the one that comes after them has begun: starting takes a slow
  // machine longer than that.
  const worker = (async () => {
    const running: RoleProcess[] = [];
    const comes = async () => {
      let next = await startRole(town, 'worker', around);
      await within(BEGINS_WITHIN_MS, 'no worker has begun', async () => {
        // One that could not begin, what it needs being killed under it, ends: whoever keeps workers up starts another.
        if (next.child.exitCode !== null) next = await startRole(town, 'worker', around);
        return (await begun(town)) > killed.workers + running.length;
      });
      running.push(next);
    };
    for (const _ of [1, 2]) await comes();
    while (!over) {
      const next = wait(A_WORKER_DIES_EVERY_MS);
      await comes();
      await next;
      await running.shift()?.kill();
      killed.workers += 1;
    }
    for (const left of running) await left.kill();
  })();
  const temporal = (async () => {
    const [least, most] = serverLivesMs;
    while (!over) {
      // The first two die soon, so that the shortest story meets both.
      await wait(killed.servers < 2 ? least : least + Math.random() * (most - least));
      process.kill(server.pid, 'SIGKILL');
      killed.servers += 1;
      server = await start(server.port);
    }
  })();
  try {
    const endings = await tell(theatre, town, (to) =>
      Promise.resolve(mails.messages().filter((mail) => mail.to === to)),
    );
    // Where machines are slow the stories may be over first: what remains of them outlives the rest.
    while (killed.workers < LEAST_KILLS.workers || killed.servers < LEAST_KILLS.servers)
      await Promise.race([wait(200), worker, temporal]);
    over = true;
    await Promise.all([worker, temporal]);
    const last = await startRole(town, 'worker', around);
    ends.push(last.kill);
    await within(QUIET_AT_LAST_MS, 'something still waits after the fire', () => nothingWaits(town));
    return { found: await remains(town, endings), killed, endings: endings.length };
  } finally {
    over = true;
    await Promise.all([worker, temporal]);
  }
}

/** What remains of each case once its story is told: where it stands, what happened how often, what was written to whom. */
async function remains(town: TestTown, numbers: readonly { story: number; number: string }[]): Promise<Remains> {
  const found: Remains = {};
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

/** @throws Error with what was waited for, when it does not come in time. */
async function within(patienceMs: number, wanted: string, came: () => Promise<boolean>): Promise<void> {
  if (!(await eventually(patienceMs, async () => (await came()) || undefined)))
    throw new Error(`${wanted}, within ${patienceMs / 1_000} s`);
}

/** How many workers have begun to poll, dead or alive: each says so with its first beat. */
async function begun(town: TestTown): Promise<number> {
  const { total } = await town.owner
    .selectFrom('heartbeat')
    .select((all) => all.fn.countAll<string>().as('total'))
    .where('role', '=', 'worker')
    .executeTakeFirstOrThrow();
  return Number(total);
}

async function nothingWaits(town: TestTown): Promise<boolean> {
  const left = await sql<{ total: string }>`
    select steps + signals + mails as total from unfinished_before(${town.townId}::uuid, business_now(${town.townId}::uuid))`.execute(
    town.owner,
  );
  return left.rows[0]?.total === '0';
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { AsyncLocalStorage } from 'node:async_hooks';
import os from 'node:os';
import path from 'node:path';
import proto from '@temporalio/proto';
import pg from 'pg';
import type { Activities } from '../../src/activities/index.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { startTemporal } from '../../src/dev/temporal-server.ts';
import { createLog } from '../../src/log.ts';
import { playStories } from '../../src/stories/play-stories.ts';
import { type Story, STORIES } from '../../src/stories/thirty-stories.ts';
import { bundleWorkflows } from '../../src/temporal/bundle.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { startStack } from '../support/stack.ts';
import { testTown } from '../support/town.ts';
import { startWeb } from '../support/web.ts';

// The thirty stories through the pages people use: wall time; and one standard case alone (#1, from the form to the check after three
// months): workflow events and statements sent to the database, those of the clock's traveller apart. Beyond a target it ends with 1.
// ALONE=1 leaves the thirty stories out; DETAIL=1 prints each statement of the case with how often it was sent.

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const server = await startTemporal({ binary: await findTemporal(), dir, port: undefined, ui: false, durable: true });
const bundle = path.join(dir, 'workflows.js');
writeFileSync(bundle, await bundleWorkflows());
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl, temporal: server.address, bundle }));
process.env['PASSERELLE_TEST_PARTS'] = parts;

// Whose work a statement is: the request or the activity it runs in. What runs in neither is the mails, the delivery of the outbox and
// polling; the demonstration's own pages and its clock are not the case's.
type Work = 'pages' | 'commands' | 'activities' | 'other' | 'demonstration';
const counted: Record<Work, number> = { pages: 0, commands: 0, activities: 0, other: 0, demonstration: 0 };
// A function called in the database is one statement, whatever it runs there: what is counted is what waits for an answer.
// The target is of queries; begin and commit, which ask nothing, are printed beside.
const TARGETS = { events: 400, queries: 600 };
let framing = 0;
const shapes = new Map<string, number>();
const working = new AsyncLocalStorage<Work>();
const OF_THE_CLOCK = /next_instants|unfinished_before|advance_clock|clock_journey|heartbeat|^(begin|commit|rollback)/i;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function counting(this: pg.Client, ...given: unknown[]) {
  const [first] = given;
  const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '');
  const inside = working.getStore();
  if (inside === 'commands' || inside === 'activities') {
    if (/^(begin|commit|rollback)/i.test(text)) framing += 1;
    const shape = `${inside}: ${text.replaceAll(/\s+/g, ' ').slice(0, 160)}`;
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  counted[inside ?? (OF_THE_CLOCK.test(text) ? 'demonstration' : 'other')] += 1;
  return Reflect.apply(query, this, given) as never;
};
const { emit } = http.Server.prototype;
http.Server.prototype.emit = function emitting(this: http.Server, event: string | symbol, ...given: unknown[]) {
  const [request] = given;
  if (event !== 'request' || !(request instanceof http.IncomingMessage))
    return Reflect.apply(emit, this, [event, ...given]);
  const work = /^\/(demo|assets|readyz)/.test(request.url ?? '')
    ? 'demonstration'
    : request.method === 'GET'
      ? 'pages'
      : 'commands';
  return working.run(work, () => Reflect.apply(emit, this, [event, ...given]));
};
const watched = (activities: Activities): Activities =>
  Object.fromEntries(
    Object.entries(activities).map(([name, run]) => [
      name,
      // Nights are the town's, not the case's.
      (input: never) => working.run(/Town|Nightly/.test(name) ? 'demonstration' : 'activities', () => run(input)),
    ]),
  ) as Activities;

type Measured = {
  seconds: number;
  endings: number;
  asExpected: number;
  queries: typeof counted;
  events: Map<string, number>;
  types: Map<string, number>;
};

async function play(name: string, stories: readonly Story[]): Promise<Measured> {
  const town = await testTown(name);
  const [stack, web] = await Promise.all([startStack(town, undefined, watched), startWeb(town)]);
  const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
  const before = { ...counted };
  const begun = performance.now();
  const endings = await playStories({
    origin: web.origin,
    calendar,
    stories,
    mails: (to) => Promise.resolve(stack.mailbox.messages().filter((mail) => mail.to === to)),
  });
  const seconds = (performance.now() - begun) / 1_000;
  const queries = { ...counted };
  for (const work of Object.keys(queries) as Work[]) queries[work] -= before[work];
  await stack.calm();
  const events = new Map<string, number>();
  const types = new Map<string, number>();
  for (const { number, id } of await town.owner.selectFrom('mediation_case').select(['number', 'id']).execute()) {
    const inside = await town.owner
      .selectFrom('deadline')
      .select('stream_id')
      .where('case_id', '=', id)
      .groupBy('stream_id')
      .execute();
    let sum = 0;
    for (const { stream_id } of inside) sum += await eventsOf(stack.temporal.client, stream_id, types);
    events.set(number, sum);
  }
  await web.stop();
  await stack.stop();
  await town.close();
  return {
    seconds,
    endings: endings.length,
    asExpected: endings.filter((ending) => ending.asExpected).length,
    queries,
    events,
    types,
  };
}

/** Of every run of one workflow: it is continued as new when its history grows. */
async function eventsOf(
  client: Awaited<ReturnType<typeof startStack>>['temporal']['client'],
  id: string,
  types: Map<string, number>,
): Promise<number> {
  let sum = 0;
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${id}"` })) {
    const { events } = await client.workflow.getHandle(id, runId).fetchHistory();
    for (const { eventType } of events ?? []) {
      const name = proto.temporal.api.enums.v1.EventType[eventType ?? 0] ?? '';
      types.set(name, (types.get(name) ?? 0) + 1);
    }
    sum += events?.length ?? 0;
  }
  return sum;
}

installRuntime(createLog('bench', 'silent'));
const alone = await play(
  'alone',
  STORIES.filter(({ n }) => n === 1).map((story) => ({ ...story, startsAfter: 0 })),
);
const ofTheCase = { framing, shapes: [...shapes].toSorted(([, a], [, b]) => b - a) };
const all = process.env['ALONE'] ? undefined : await play('all', STORIES);
const [cpu] = os.cpus();
console.log(`${os.cpus().length} × ${cpu?.model ?? 'processor'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB`);
const { pages, commands, activities, other, demonstration } = alone.queries;
const events = [...alone.events.values()].reduce((sum, count) => sum + count, 0);
const queries = commands + activities - ofTheCase.framing;
console.log(
  `a standard case alone: ${alone.seconds.toFixed(0)} s; ${events} workflow events (target ${TARGETS.events})`,
);
for (const [type, count] of [...alone.types].toSorted(([, a], [, b]) => b - a)) console.log(`  ${count} ${type}`);
console.log(
  `queries of commands and activities: ${queries} (target ${TARGETS.queries}), and ${ofTheCase.framing} begin and commit, ` +
    `${commands} by commands and ${activities} by activities together; of pages ${pages}; of mails, delivery and polling ${other}; of the demonstration and the nights ${demonstration}`,
);
if (process.env['DETAIL']) for (const [shape, count] of ofTheCase.shapes) console.log(`  ${count} ${shape}`);
if (all) {
  const perCase = [...all.events.values()].toSorted((a, b) => a - b);
  console.log(
    `${all.endings} stories in ${all.seconds.toFixed(0)} s, ${all.asExpected} as expected; workflow events a case: median ${perCase[perCase.length >> 1]}, most ${perCase.at(-1)}`,
  );
}
await server.stop();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(events > TARGETS.events || queries > TARGETS.queries ? 1 : 0);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
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
// months): workflow events and database queries, those of the clock's traveller apart.

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const server = await startTemporal({ binary: await findTemporal(), dir, port: undefined, ui: false, durable: true });
const bundle = path.join(dir, 'workflows.js');
writeFileSync(bundle, await bundleWorkflows());
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl, temporal: server.address, bundle }));
process.env['PASSERELLE_TEST_PARTS'] = parts;

/** Of the traveller and of the heartbeats: there is no clock to move and no story to follow outside a demonstration. */
const OF_THE_CLOCK = /next_instants|unfinished_before|advance_clock|clock_journey|heartbeat|story_run/;
const counted = { web: 0, worker: 0, relay: 0, clock: 0 };
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function counting(this: pg.Client, ...given: unknown[]) {
  const [first] = given;
  const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '');
  const user = (this as pg.Client & { user?: string }).user ?? '';
  if (OF_THE_CLOCK.test(text)) counted.clock += 1;
  else if (user.startsWith('passerelle_web') || user.startsWith('passerelle_auth')) counted.web += 1;
  else if (user.startsWith('passerelle_worker')) counted.worker += 1;
  else if (user.startsWith('passerelle_relay') && !/^(begin|commit|rollback)$/i.test(text)) counted.relay += 1;
  return Reflect.apply(query, this, given) as never;
};

type Measured = {
  seconds: number;
  endings: number;
  asExpected: number;
  queries: typeof counted;
  events: Map<string, number>;
};

async function play(name: string, stories: readonly Story[]): Promise<Measured> {
  const town = await testTown(name);
  const [stack, web] = await Promise.all([startStack(town), startWeb(town)]);
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
  const queries = {
    web: counted.web - before.web,
    worker: counted.worker - before.worker,
    relay: counted.relay - before.relay,
    clock: counted.clock - before.clock,
  };
  await stack.calm();
  const events = new Map<string, number>();
  for (const { number, id } of await town.owner.selectFrom('mediation_case').select(['number', 'id']).execute()) {
    const inside = await town.owner
      .selectFrom('deadline')
      .select('stream_id')
      .where('case_id', '=', id)
      .groupBy('stream_id')
      .execute();
    let sum = 0;
    for (const { stream_id } of inside) sum += await eventsOf(stack.temporal.client, stream_id);
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
  };
}

/** Of every run of one workflow: it is continued as new when its history grows. */
async function eventsOf(
  client: Awaited<ReturnType<typeof startStack>>['temporal']['client'],
  id: string,
): Promise<number> {
  let sum = 0;
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${id}"` })) {
    const { historyLength } = await client.workflow.getHandle(id, runId).describe();
    sum += historyLength;
  }
  return sum;
}

installRuntime(createLog('bench', 'silent'));
const alone = await play(
  'alone',
  STORIES.filter(({ n }) => n === 1).map((story) => ({ ...story, startsAfter: 0 })),
);
const all = process.env['ALONE'] ? undefined : await play('all', STORIES);
const [cpu] = os.cpus();
console.log(`${os.cpus().length} × ${cpu?.model ?? 'processor'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB`);
const { web, worker, relay, clock } = alone.queries;
console.log(
  `a standard case alone: ${alone.seconds.toFixed(0)} s, ${[...alone.events.values()].join()} workflow events (target 400), ` +
    `${web + worker + relay} queries (target 600): pages and commands ${web}, steps and mails ${worker}, delivery ${relay}; beside them ${clock} of the clock`,
);
if (all) {
  const perCase = [...all.events.values()].toSorted((a, b) => a - b);
  console.log(
    `${all.endings} stories in ${all.seconds.toFixed(0)} s, ${all.asExpected} as expected; workflow events a case: median ${perCase[perCase.length >> 1]}, most ${perCase.at(-1)}`,
  );
}
await server.stop();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(0);

import { afterEach, beforeEach, expect, test } from 'vitest';
import { fastForward, onTheServersClock } from '../support/fast-forward.ts';
import { submit } from '../support/request.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { FIRST_NIGHT, type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
let stack: Stack;
let base: number;
beforeEach(async () => {
  town = await testTown('forward');
  const { clock_offset_ms } = await town.owner
    .selectFrom('town')
    .select('clock_offset_ms')
    .where('id', '=', town.townId)
    .executeTakeFirstOrThrow();
  base = Number(clock_offset_ms);
  stack = await startStack(town, undefined, (activities) =>
    onTheServersClock(town, base, activities, () => stack.temporal),
  );
});
afterEach(async () => {
  await stack?.stop();
  await town?.close();
});

const DAY_MS = 86_400_000;

/** The instants of business time for which a workflow armed its timers, from its history. */
async function armed(workflowId: string): Promise<number[]> {
  const { events } = await stack.temporal.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ eventTime, timerStartedEventAttributes: timer }) =>
    timer ? [toMs(eventTime) + toMs(timer.startToFireTimeout) + base] : [],
  );
}
type Seconds = { seconds?: unknown; nanos?: number | null } | null | undefined;
const toMs = (time: Seconds) => Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;
const nearest = (instants: number[], at: Date) => Math.min(...instants.map((ms) => Math.abs(ms - at.getTime())));

test('five weeks of the server’s own time: nobody reads a request, and each reminder leaves once, when the timer of its row fires', async () => {
  const { caseId } = await submit(town);
  await stack.calm();
  const steps = () =>
    town.owner
      .selectFrom('step')
      .select(['at', 'template', 'state', 'acted_at'])
      .where('case_id', '=', caseId)
      .where('ordinal', '>', 0)
      .orderBy('at')
      .execute();
  const planned = await steps();
  expect(planned.map(({ template, state }) => [template, state])).toEqual([
    ['triage_due', 'pending'],
    ['triage_late', 'pending'],
  ]);
  await fastForward(stack.temporal, `referral/${caseId}`, 35);

  const timers = await armed(`referral/${caseId}`);
  for (const { at, template } of planned) expect(nearest(timers, at), template).toBeLessThan(2_000);
  const taken = await steps();
  expect(taken.map(({ state }) => state)).toEqual(['done', 'done']);
  for (const { at, acted_at } of taken) {
    const late = (acted_at?.getTime() ?? 0) - at.getTime();
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(60_000);
  }
  const told = await town.owner
    .selectFrom('case_event')
    .select('data')
    .where('case_id', '=', caseId)
    .where('code', 'in', ['step_taken', 'step_skipped'])
    .orderBy('seq')
    .execute();
  expect(told.map(({ data }) => data['template']).slice(-2)).toEqual(['triage_due', 'triage_late']);
  expect(told).toHaveLength(4);
});

test('three weeks of nights on the server’s own time: each is sealed once, at ten past four', async () => {
  const workflowId = `daily/${town.townId}`;
  await stack.calm();
  await fastForward(stack.temporal, workflowId, 21);
  const nights = await town.owner
    .selectFrom('step')
    .select(['at', 'state', 'acted_at'])
    .where('stream_id', '=', workflowId)
    .orderBy('at')
    .execute();
  const done = nights.filter(({ state }) => state === 'done');
  expect(done).toHaveLength(21);
  expect(nights.slice(21).map(({ state }) => state)).toEqual(['pending']);
  for (const [index, { at, acted_at }] of done.entries()) {
    expect(at.getTime()).toBe(FIRST_NIGHT.getTime() + index * DAY_MS);
    expect((acted_at?.getTime() ?? 0) - at.getTime()).toBeLessThan(60_000);
  }
  const seals = await town.owner.selectFrom('journal_seal').select('day').where('town_id', '=', town.townId).execute();
  expect(new Set(seals.map(({ day }) => String(day))).size).toBe(21);
});

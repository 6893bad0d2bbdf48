import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeStep } from '../../src/deadlines/take-step.command.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('steps');
});
afterAll(() => town.close());

test('a step is taken once: the second call finds it done and changes nothing', async () => {
  const { caseId } = await submit(town);
  const steps = await town.owner
    .selectFrom('step')
    .select('id')
    .where('case_id', '=', caseId)
    .orderBy('ordinal')
    .execute();
  const [first] = steps;
  const ctx = town.context('passerelle_worker');
  for (let i = 0; i < 2; i += 1) await takeStep(ctx, town.townId, first?.id ?? '');
  const events = await town.owner
    .selectFrom('case_event')
    .select('code')
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  expect(events.map((event) => event.code)).toEqual(['request_received', 'step_taken']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_LADDERS } from '../../src/deadlines/default-ladders.ts';
import { addMissingLadders } from '../../src/towns/add-missing-ladders.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('missing-ladders');
});
afterAll(() => town.close());

test('R62: a release that waits for something new gives towns its ladder, and leaves what they decided', async () => {
  await town.owner.deleteFrom('ladder_step').where('kind', '=', 'no_note').execute();
  await town.owner.deleteFrom('ladder').where('kind', '=', 'no_note').execute();
  await town.owner.updateTable('ladder').set({ target_n: 4 }).where('kind', '=', 'triage').execute();
  await town.owner.deleteFrom('ladder_step').where('kind', '=', 'triage').where('ordinal', '=', 2).execute();

  expect(await addMissingLadders(town.database.adminUrl)).toBe(1);
  expect(await addMissingLadders(town.database.adminUrl)).toBe(0);

  const steps = async (kind: string) =>
    town.owner.selectFrom('ladder_step').select(['ordinal', 'template']).where('kind', '=', kind).execute();
  expect(await steps('no_note')).toHaveLength(DEFAULT_LADDERS.no_note.steps.length);
  expect(await steps('triage')).toHaveLength(1);
  const triage = town.owner.selectFrom('ladder').select('target_n').where('kind', '=', 'triage');
  expect(await triage.executeTakeFirstOrThrow()).toEqual({ target_n: 4 });
});

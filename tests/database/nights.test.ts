import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeNight } from '../../src/journal/take-night.command.ts';
import { createTown } from '../../src/towns/create-town.ts';
import { TownFile } from '../../src/towns/town-file.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeEach(async () => {
  town = await testTown('nights');
});
afterEach(() => town.close());

const clockTo = (instant: string, townId = town.townId) =>
  town.owner
    .updateTable('town')
    .set({ clock_offset_ms: new Date(instant).getTime() - Date.now() })
    .where('id', '=', townId)
    .execute();
async function night(): Promise<void> {
  const step = await town.owner
    .selectFrom('step')
    .select('id')
    .where('town_id', '=', town.townId)
    .where('action', '=', 'nightly')
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  await takeNight(town.context('passerelle_worker'), town.townId, step.id);
}
async function sealed(): Promise<string[]> {
  const seals = town.owner.selectFrom('journal_seal').select('day').where('town_id', '=', town.townId);
  return (await seals.where('kind', '=', 'reads').orderBy('day').execute()).map(({ day }) => day);
}

test('nights missed while nothing ran are made up for: every day has its seal, once', async () => {
  await clockTo('2027-01-12T03:15:00Z');
  await night();
  expect(await sealed()).toEqual(['2027-01-11']);
  await clockTo('2027-01-15T09:00:00Z');
  await night();
  expect(await sealed()).toEqual(['2027-01-11', '2027-01-12', '2027-01-13', '2027-01-14']);
  await clockTo('2027-01-16T03:15:00Z');
  await night();
  expect((await sealed()).at(-1)).toBe('2027-01-15');
});

test('§3.5: reads are dropped when they are twelve months old for every town of the database', async () => {
  const file = TownFile.parse(
    JSON.parse(readFileSync(new URL('../../src/dev/val-riviere.json', import.meta.url), 'utf8')),
  );
  const other = await createTown(town.database.adminUrl, town.keys, { ...file, slug: 'other-town' });
  const there = async () =>
    (await sql<{ at: string | null }>`select to_regclass('public.case_read_2027_01')::text as at`.execute(town.owner))
      .rows[0]?.at;
  await clockTo('2027-01-12T03:15:00Z');
  await night();
  expect(await there()).toBe('case_read_2027_01');
  await clockTo('2028-03-01T09:00:00Z');
  await night();
  expect(await there()).toBe('case_read_2027_01');
  await clockTo('2028-03-01T09:00:00Z', other);
  await clockTo('2028-03-02T09:00:00Z');
  await night();
  expect(await there()).toBeNull();
});

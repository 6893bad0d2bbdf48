import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeNight } from '../../src/journal/take-night.command.ts';
import { signalPlace } from '../../src/requests/signal-place.command.ts';
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

test('§3.5, R83: a place signalled without a name is kept 24 months, then deleted whole; only how many there were is left', async () => {
  const signal = { danger: false, categories: ['DEGRAD'], quarter: 'PEU', placeId: null, placeType: 'hall', placeText: 'le banc', transportLine: null, transportStop: null, note: 'Cassé.' }; // prettier-ignore
  const point = (nonce: string) =>
    signalPlace(town.context('passerelle_web'), { id: town.townId, kid: town.keys.current }, nonce, signal, {
      channel: 'qr',
      doubtful: false,
    });
  const kept = async () => (await town.owner.selectFrom('field_observation').select('id').execute()).length;
  const counted = () => town.owner.selectFrom('observation_count').select(['month', 'quarter_code', 'place_type', 'domain', 'channel', 'observations']).execute(); // prettier-ignore
  await clockTo('2027-01-12T09:00:00Z');
  await Promise.all(['one', 'two'].map(point));
  await clockTo('2027-01-13T09:00:00Z');
  await point('three');
  await clockTo('2029-01-11T09:00:00Z');
  await night();
  expect([await kept(), await counted()]).toEqual([3, []]);
  const of = { month: '2027-01-01', quarter_code: 'PEU', place_type: 'hall', domain: 'espace_public', channel: 'qr' };
  await clockTo('2029-01-13T03:15:00Z');
  await night();
  expect([await kept(), await counted()]).toEqual([1, [{ ...of, observations: 2 }]]);
  await clockTo('2029-01-14T03:15:00Z');
  await night();
  expect([await kept(), await counted()]).toEqual([0, [{ ...of, observations: 3 }]]);
  // The one row it had held everything: nothing of the product refers to it.
  const references = await sql<{ n: number }>`select count(*)::integer as n from pg_constraint where confrelid = 'field_observation'::regclass`.execute(town.owner); // prettier-ignore
  expect(references.rows[0]?.n).toBe(0);
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redirectCase } from '../../src/cases/triage.command.ts';
import { plain } from '../../src/stories/page-form.ts';
import { Carried } from '../support/agreements.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// T29, T35: who may open a case again or put a mistake right finds it, although it waits for nobody any more.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('case-list');
  app = await webApp(town);
});
afterAll(() => town.close());

async function at(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
const page = async (visitor: Visitor, path: string) => plain(await (await visitor.get(path)).text());
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
async function redirected(): Promise<{ caseId: string; number: string }> {
  const sent = await submit(town);
  await redirectCase(town.context('passerelle_web'), leader(), {
    caseId: sent.caseId,
    motive: 'SOINS',
    target: 'Le centre de santé',
  });
  return sent;
}

test('T29, T35: a case that ended is found under « terminées » for six months, by its number too; then no longer', async () => {
  const { caseId, number } = await redirected();
  const reader = await at('R1');
  expect(await page(reader, '/equipe')).not.toContain(number);
  expect(await page(reader, '/equipe/demandes')).not.toContain(number);
  const ended = await page(reader, '/equipe/demandes?liste=terminees');
  expect(ended).toContain(number);
  expect(ended).toContain('Réorientée');
  const found = await reader.get(
    `/equipe/demandes?numero=${encodeURIComponent(number.toLowerCase().replaceAll('-', ' '))}`,
  );
  expect([found.status, found.headers.get('location')]).toEqual([303, `/equipe/demandes/${caseId}`]);
  await sql`update mediation_case set state_since = state_since - interval '7 months' where id = ${caseId}`.execute(
    town.owner,
  );
  expect(await page(reader, '/equipe/demandes?liste=terminees')).not.toContain(number);
});

test('R42: each sees the own cases; a number of another team and one that does not exist have the same answer', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const { number } = await town.owner
    .selectFrom('mediation_case')
    .select('number')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  expect(await page(await at('M1'), '/equipe/demandes')).toContain(`${number}`);
  const other = await at('R2');
  expect(await page(other, '/equipe/demandes')).not.toContain(number);
  const search = async (typed: string) => {
    const answer = await other.get(`/equipe/demandes?numero=${encodeURIComponent(typed)}`);
    return { status: answer.status, text: (await answer.text()).replaceAll(typed, '…') };
  };
  const theirs = await search(number);
  expect(theirs.status).toBe(422);
  expect(theirs).toEqual(await search('MS-2026-99999'));
  const odd = await search('<b>porte');
  expect([odd.status, odd.text.includes('Écrivez le numéro')]).toEqual([422, true]);
  expect((await (await at('A1')).get('/equipe/demandes')).status).toBe(404);
});

test('R88: the list is a reading; fifty a page, the next page begins where it ended', async () => {
  const before = await sql<{
    n: number;
  }>`select count(*)::integer as n from case_read where kind = 'list_viewed'`.execute(town.owner);
  await sql`insert into mediation_case (id, town_id, number, state, state_since, need, categories, channel, origin, ui_language, team_id, received_at, kid, wrapped_key)
    select gen_random_uuid(), ${town.townId}, 'MS-2025-' || to_char(n, 'FM00000'), 'accepted', now(), 'person', '{BRUIT}', 'web', 'habitant', 'fr', t.id, now(), 'k', ''
    from generate_series(1, 60) n, (select id from team where leader_id = ${town.person('R1')} limit 1) t`.execute(
    town.owner,
  );
  const reader = await at('R1');
  const first = await (await reader.get('/equipe/demandes')).text();
  const next = /href="(\/equipe\/demandes\?liste=en-cours&amp;apres=MS-2025-\d{5})"/.exec(first)?.[1];
  const second = await page(reader, (next ?? '').replaceAll('&amp;', '&'));
  expect(second).toContain('MS-2025-00001');
  expect(first).not.toContain('MS-2025-00001');
  const after = await sql<{
    n: number;
  }>`select count(*)::integer as n from case_read where kind = 'list_viewed'`.execute(town.owner);
  expect((after.rows[0]?.n ?? 0) - (before.rows[0]?.n ?? 0)).toBe(2);
});

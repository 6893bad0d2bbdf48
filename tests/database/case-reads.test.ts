import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { inTransaction, NOBODY } from '../../src/db/transaction.ts';
import { writeToParty } from '../../src/parties/write-to-party.command.ts';
import { plain } from '../../src/stories/page-form.ts';
import { Carried } from '../support/agreements.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R88, invariant 14 of §4.13: every reading leaves a line, and whoever leads the case can see the lines.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('case-reads');
  app = await webApp(town);
});
afterAll(() => town.close());

async function at(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}

test('R88, invariant 14: the leader sees who opened the case and how often; looking at that is a reading too', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const [leader, mediator] = [await at('R1'), await at('M1')];
  const reads = `/equipe/demandes/${caseId}/lectures`;
  for (let time = 0; time < 2; time += 1) await mediator.get(`/equipe/demandes/${caseId}`);
  await mediator.get(`/equipe/demandes/${caseId}/contact`);
  expect(await (await leader.get(`/equipe/demandes/${caseId}`)).text()).toContain(reads);
  const rows = async () =>
    [...(await (await leader.get(reads)).text()).matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => plain(row ?? ''));
  expect((await rows()).find((row) => row.includes('Awa Diarrassy'))).toMatch(/lundi 11 janvier.*3$/);
  // The case once, this page once before.
  expect((await rows()).find((row) => row.includes('Nadège'))).toMatch(/2$/);

  // The mediator reads the case, and not who read it; another team's leader finds neither.
  expect(await (await mediator.get(`/equipe/demandes/${caseId}`)).text()).not.toContain(reads);
  expect((await mediator.get(reads)).status).toBe(404);
  expect((await (await at('R2')).get(reads)).status).toBe(404);
});

test('the page of a case asks for what the case holds and no more: statements sent for one page', async () => {
  const asked = vi.spyOn(pg.Client.prototype, 'query');
  const statementsOf = async (visitor: Visitor, caseId: string) => {
    asked.mockClear();
    expect((await visitor.get(`/equipe/demandes/${caseId}`)).status).toBe(200);
    return asked.mock.calls.length;
  };
  const [leader, mediator] = [await at('R1'), await at('M1')];
  const { caseId: fresh } = await submit(town);
  const carried = new Carried(town);
  const course = await carried.toAgreements();
  await writeToParty(carried.web, carried.mediator(), { caseId: course, partyId: await carried.partyId('other'), message: 'Bonjour.' }); // prettier-ignore
  const counted = { fresh: await statementsOf(leader, fresh), course: await statementsOf(mediator, course) };
  asked.mockRestore();
  expect(counted.fresh).toBeLessThanOrEqual(21);
  expect(counted.course).toBeLessThanOrEqual(22);
});

test('C-8: what a case holds is told to whoever may see the case, to nobody else', async () => {
  const caseId = await new Carried(town).toAgreements();
  const asked = (ref: string) =>
    inTransaction(town.db('passerelle_web'), { role: 'app_staff', townId: town.townId, personId: town.person(ref) }, async (tx) => {
      const found = await sql<{ tables: string[] }>`select tables_of_case(${caseId}::uuid) as tables`.execute(tx.db);
      return found.rows[0]?.tables ?? [];
    });
  for (const ref of ['R1', 'M1']) expect(await asked(ref)).toEqual(expect.arrayContaining(['agreement', 'agreement_item', 'contact_attempt']));
  for (const ref of ['R2', 'M8']) expect(await asked(ref)).toEqual([]);
  for (const role of ['app_public', 'app_party'] as const)
    await expect(inTransaction(town.db('passerelle_web'), { role, townId: town.townId, caseId, partyId: NOBODY }, (tx) => sql`select tables_of_case(${caseId}::uuid)`.execute(tx.db))).rejects.toThrow('permission denied');
}); // prettier-ignore

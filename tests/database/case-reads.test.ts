import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain } from '../../src/stories/page-form.ts';
import { Carried } from '../support/agreements.ts';
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

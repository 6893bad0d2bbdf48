import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { concludeWork, confirmConclusion } from '../../src/evaluation/conclude-work.command.ts';
import { evaluateWork, type WorkEvaluation } from '../../src/evaluation/evaluate-work.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { Carried } from '../support/agreements.ts';
import { ladderOf } from '../support/ladders.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F9, R57: the work looked at by its people: two columns, then what both conclude, read by both.

let town: TestTown;
let clock: TownClock;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('work-evaluation');
  clock = new TownClock(town);
  app = await webApp(town);
});
afterAll(() => town.close());

const ALL_GOOD: WorkEvaluation['marks'] = {
  freedom: 4,
  impartiality: 4,
  partners: null,
  timing: 3,
  notes: 3,
  safety: 4,
  result: 3,
};

async function inEvaluation(): Promise<Carried> {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await carried.news('m1');
  await beginEvaluation(carried.web, carried.mediator(), caseId);
  await clock.forward(20);
  return carried;
}
const close = ({ web, leader, caseId }: Carried) =>
  proposeClosing(web, leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
const waitsOf = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select('kind')
      .where('case_id', '=', caseId)
      .where('state', '=', 'open')
      .where('kind', 'in', ['mediator_evaluation', 'leader_evaluation', 'common_conclusion', 'conclusion_to_confirm'])
      .orderBy('kind')
      .execute()
  ).map(({ kind }) => kind);
const looksBack = (carried: Carried, side: WorkEvaluation['side'], said: Partial<WorkEvaluation> = {}) =>
  evaluateWork(carried.web, side === 'leader' ? carried.leader() : carried.mediator(), {
    caseId: carried.caseId,
    side,
    marks: ALL_GOOD,
    ...said,
  });

async function colleague(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
const answers = {
  freedom: '4',
  impartiality: 'none',
  partners: 'none',
  timing: '3',
  notes: '3',
  safety: '4',
  result: '2',
};

test('F9: the closing waits for each column that is not written, and for none that is', async () => {
  const carried = await inEvaluation();
  await close(carried);
  expect(await waitsOf(carried.caseId)).toEqual(['leader_evaluation', 'mediator_evaluation']);
  await looksBack(carried, 'leader');
  // The mediator's own look back is still waited for, and can still be written.
  expect(await waitsOf(carried.caseId)).toEqual(['mediator_evaluation']);
  const mediator = await colleague('M1');
  expect(
    (await mediator.post(`/equipe/demandes/${carried.caseId}/bilan`, { column: 'mediator', ...answers })).status,
  ).toBe(303);
  expect(await waitsOf(carried.caseId)).toEqual(['common_conclusion']);
});

test('F9 before the closing, then the closing: nobody is asked again for what is written', async () => {
  const carried = await inEvaluation();
  await looksBack(carried, 'leader');
  await expect(looksBack(carried, 'leader')).rejects.toMatchObject({ code: 'already_evaluated' });
  await close(carried);
  expect(await waitsOf(carried.caseId)).toEqual(['mediator_evaluation']);
});

test('F9, §4.4: evaluation_due on the eighth and the twelfth working day after the closing', async () => {
  const carried = await inEvaluation();
  await close(carried);
  for (const side of ['leader', 'mediator'])
    expect(await ladderOf(town, carried.caseId, `${side}_evaluation`)).toEqual([
      `d8 ${side} evaluation_due`,
      `d12 ${side} evaluation_due`,
    ]);
});

test('R57: one person who mediates and leads writes both columns, and says which', async () => {
  const carried = await inEvaluation();
  await town.owner
    .updateTable('mediation_case')
    .set({ lead_id: town.person('R1') })
    .where('id', '=', carried.caseId)
    .execute();
  const both = await colleague('R1');
  const path = `/equipe/demandes/${carried.caseId}/bilan`;
  const asked = await (await both.get(path)).text();
  expect(asked).toMatch(/type="radio"[^>]*name="column"/);
  expect((await both.post(path, answers)).status).toBe(422);
  for (const column of ['mediator', 'leader']) expect((await both.post(path, { column, ...answers })).status).toBe(303);
  const sides = await town.owner
    .selectFrom('case_evaluation')
    .select(['side', 'person_id'])
    .where('case_id', '=', carried.caseId)
    .orderBy('side')
    .execute();
  expect(sides.map(({ side, person_id }) => [side, person_id])).toEqual([
    ['leader', town.person('R1')],
    ['mediator', town.person('R1')],
  ]);
});

test('F9: a column of somebody else is refused beside its field; an empty one too, and it ends no wait', async () => {
  const carried = await inEvaluation();
  await close(carried);
  const mediator = await colleague('M1');
  const path = `/equipe/demandes/${carried.caseId}/bilan`;
  expect((await mediator.post(path, { column: 'leader', ...answers })).status).toBe(422);
  const empty = await mediator.post(path, { column: 'mediator' });
  expect(empty.status).toBe(422);
  expect((await empty.text()).match(/href="#(freedom|impartiality|partners|timing|notes|safety|result)/g)).toHaveLength(
    7,
  );
  expect(await waitsOf(carried.caseId)).toContain('mediator_evaluation');
});

test('R57: both columns side by side, then the common conclusion, written after both, read by both', async () => {
  const carried = await inEvaluation();
  const { web, caseId } = carried;
  const conclusion = {
    caseId,
    metOn: '20/01/2027',
    conclusion: 'Prévoir deux personnes dès le début.',
    actions: 'Binôme en mars.',
  };
  await looksBack(carried, 'mediator', { mediatorsNeeded: 2.5, trainingNeed: 'Écoute des groupes', hours: 7.5 });
  await expect(concludeWork(web, carried.leader(), conclusion)).rejects.toMatchObject({
    code: 'step_missing',
    lacking: ['columns'],
  });
  await looksBack(carried, 'leader', { marks: { ...ALL_GOOD, timing: 1 }, lesson: 'Commencer plus tôt' });
  expect(await waitsOf(caseId)).toEqual(['common_conclusion']);
  await expect(concludeWork(web, carried.mediator(), conclusion)).rejects.toMatchObject({ code: 'not_your_case' });
  await expect(concludeWork(web, carried.leader(), { ...conclusion, metOn: '20/12/2027' })).rejects.toMatchObject({
    field: 'metOn',
  });
  await concludeWork(web, carried.leader(), conclusion);
  expect(await waitsOf(caseId)).toEqual(['conclusion_to_confirm']);
  await close(carried);
  expect(await waitsOf(caseId)).toEqual(['conclusion_to_confirm']);
  const leader = await colleague('R1');
  const before = await (await leader.get(`/equipe/demandes/${caseId}`)).text();
  for (const shown of [
    'Écoute des groupes',
    'Commencer plus tôt',
    '2,5',
    '7,5',
    'Prévoir deux personnes dès le début.',
    'Binôme en mars.',
    'la confirmation du médiateur est attendue',
  ])
    expect(before).toContain(shown);
  const mediator = await colleague('M1');
  expect((await mediator.post(`/equipe/demandes/${caseId}/confirmer-bilan`, {})).status).toBe(303);
  expect(await waitsOf(caseId)).toEqual([]);
  await expect(concludeWork(web, carried.leader(), conclusion)).rejects.toMatchObject({ code: 'already_evaluated' });
  await expect(confirmConclusion(web, carried.mediator(), caseId)).rejects.toMatchObject({ code: 'not_allowed_now' });
  expect(await (await leader.get(`/equipe/demandes/${caseId}`)).text()).not.toContain(
    'la confirmation du médiateur est attendue',
  );
});

test('F9: every closing after a first contact is looked back at; one before it is not', async () => {
  const listened = new Carried(town);
  await listened.toFirstContact();
  await proposeClosing(listened.web, listened.leader(), {
    caseId: listened.caseId,
    outcome: 'RESOLU_ECOUTE',
    reason: 'Écoutée.',
  });
  expect(await waitsOf(listened.caseId)).toEqual(['leader_evaluation', 'mediator_evaluation']);
  const failed = new Carried(town);
  await failed.toAgreements();
  await failed.says('other');
  await beginMediation(failed.web, failed.mediator(), failed.caseId);
  await proposeClosing(failed.web, failed.leader(), {
    caseId: failed.caseId,
    outcome: 'ECHEC',
    reason: 'Rien ne bouge.',
  });
  expect(await waitsOf(failed.caseId)).toEqual(['leader_evaluation', 'mediator_evaluation']);
  const { caseId } = await submit(town);
  await acceptCase(failed.web, failed.leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
  await proposeClosing(failed.web, failed.leader(), { caseId, outcome: 'HORS_PERIMETRE', reason: 'Ailleurs.' });
  expect(await waitsOf(caseId)).toEqual([]);
});

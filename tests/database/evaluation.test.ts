import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { correctMistake } from '../../src/cases/correct-mistake.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import type { PartyKind } from '../../src/db/tables/party.ts';
import { opinionState } from '../../src/evaluation/opinion-state.query.ts';
import { giveOnPaper } from '../../src/evaluation/paper-opinion.command.ts';
import { opinionFacts } from '../../src/staff/papers.query.ts';
import { formatToken, paperToken } from '../../src/evaluation/paper-token.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { takeItemBack, withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { noteSession } from '../../src/sessions/note-session.command.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F7 and F9: opinions apart from who gave them, the work looked at by its people (R55, R57, R59).

let town: TestTown;
let clock: TownClock;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('evaluation');
  clock = new TownClock(town);
  app = await webApp(town);
});
afterAll(() => town.close());

async function inEvaluation(recontact = true, kind: PartyKind = 'person', byForm = recontact) {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ acceptEvaluation: byForm }, { kind });
  // What is asked of somebody is what they allowed: both sides here, or none.
  if (!recontact) await carried.says('requester', { recontact: false });
  await carried.says('other', {
    recontact,
    ...(kind === 'person' ? {} : { mandate: true, representative: 'Odile Sartène' }),
  });
  await beginMediation(carried.web, carried.mediator(), caseId);
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await carried.news('m1');
  await beginEvaluation(carried.web, carried.mediator(), caseId);
  const access = await town.owner
    .selectFrom('access')
    .select('id')
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'party_code')
    .executeTakeFirstOrThrow();
  return { carried, caseId, code: formatCode(partyCode(town.keys, access.id)) };
}
const mailsOf = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('mail')
      .select('template')
      .where('case_id', '=', caseId)
      .where('template', 'like', 'questionnaire%')
      .orderBy('created_at')
      .execute()
  ).map(({ template }) => template);

test('F7: asked two days after, once reminded; given on the own page, once; nothing joins it to a case', async () => {
  const { carried, caseId, code } = await inEvaluation();
  await clock.forward(3);
  await takeDueSteps(town, caseId);
  expect(await mailsOf(caseId)).toEqual(['questionnaire', 'questionnaire']);
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code });
  expect(await (await visitor.get('/suivi/participation')).text()).toContain('/suivi/avis');
  const empty = await visitor.post('/suivi/avis', { words: '' });
  expect(empty.status).toBe(422);
  const long = await visitor.post('/suivi/avis', { listened: '5', words: 'é'.repeat(301) });
  expect([long.status, (await long.text()).includes('é'.repeat(301))]).toEqual([422, true]);
  expect((await visitor.post('/suivi/avis', { listened: '6' })).status).toBe(422);
  const said = { listened: '5', situation: 'better', would_advise: 'yes', words: 'Merci à tous.', may_quote: 'yes' };
  expect((await visitor.post('/suivi/avis', said)).status).toBe(303);
  expect((await visitor.post('/suivi/avis', said)).status).toBe(303);
  const rows = await town.owner.selectFrom('questionnaire_answer').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    listened: 5,
    situation: 'better',
    pair: 'residents',
    complexity: 'standard',
    month: '2027-01-01',
  });
  const columns = Object.keys(rows[0] ?? {});
  for (const joining of ['case_id', 'party_id', 'questionnaire_id', 'at', 'created_at'])
    expect(columns).not.toContain(joining);
  expect(JSON.stringify(rows)).not.toContain('Merci');
  await clock.forward(12);
  await takeDueSteps(town, caseId);
  // Who has answered is not reminded; the other one is, once.
  expect(await mailsOf(caseId)).toEqual(['questionnaire', 'questionnaire', 'questionnaire_reminder']);
  await clock.forward(6);
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
});

async function failed(session = true): Promise<Carried> {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ acceptEvaluation: true });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  if (session)
    await noteSession(carried.web, carried.mediator(), {
      caseId,
      mode: 'joint',
      day: '11/01/2027',
      hour: '9h',
      minutes: 60,
      present: [await carried.partyId('requester'), await carried.partyId('other')],
      interpreter: false,
      tensionBefore: 3,
      tensionAfter: 3,
      registers: ['REG2'],
      topics: ['BRUIT'],
      progress: 'setback',
      safetyAlert: false,
    });
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'ECHEC', reason: 'Rien ne bouge.' });
  return carried;
}

test('F7, T22: a mediation without an agreement is asked about two days after its closing, reminded of once, then nobody waits', async () => {
  const { caseId } = await failed();
  const wait = async () =>
    (
      await town.owner
        .selectFrom('deadline')
        .select('state')
        .where('case_id', '=', caseId)
        .where('kind', '=', 'opinions')
        .execute()
    ).map(({ state }) => state);
  await clock.forward(4);
  await takeDueSteps(town, caseId);
  expect(await mailsOf(caseId)).toEqual(['questionnaire', 'questionnaire']);
  await clock.forward(10);
  await takeDueSteps(town, caseId);
  expect(await mailsOf(caseId)).toHaveLength(4);
  expect(await wait()).toEqual(['open']);
  await clock.forward(4);
  await takeDueSteps(town, caseId);
  expect([await mailsOf(caseId), await wait()].map(({ length }) => length)).toEqual([4, 1]);
  expect(await wait()).toEqual(['met']);
});

test('F7, T35: a closing that was a mistake asks nobody; the true end asks everybody', async () => {
  const carried = await failed();
  const { caseId } = carried;
  const asked = () => town.owner.selectFrom('questionnaire').select('id').where('case_id', '=', caseId).execute();
  expect(await asked()).toHaveLength(2);
  await correctMistake(carried.web, carried.leader(), { caseId, reason: 'Trop vite.' });
  expect(await asked()).toEqual([]);
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'ECHEC', reason: 'Rien ne bouge.' });
  await clock.forward(4);
  await takeDueSteps(town, caseId);
  expect(await mailsOf(caseId)).toEqual(['questionnaire', 'questionnaire']);
});

test('F7: nobody is asked about a mediation in which people never met', async () => {
  const { caseId } = await failed(false);
  expect(await town.owner.selectFrom('questionnaire').select('id').where('case_id', '=', caseId).execute()).toEqual([]);
});

test('T28: the opinion of a party that has left is not waited for', async () => {
  const { carried, caseId } = await inEvaluation();
  await town.owner
    .updateTable('questionnaire')
    .set({ answered: true })
    .where('party_id', '=', await carried.partyId('requester'))
    .execute();
  const closing = () => proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
  await expect(closing()).rejects.toMatchObject({ code: 'step_missing', lacking: ['opinions'] });
  await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: await carried.partyId('other') });
  await closing();
});

test('F7 on paper: a token typed once, by somebody who sees neither case nor person; order, « sans objet », the service’s question', async () => {
  const { carried, caseId, code } = await inEvaluation();
  const mediator = new Visitor(app);
  await mediator.post('/demo/entrer', { person: town.person('M1') });
  const act = `/equipe/demandes/${caseId}/avis-papier`;
  expect((await mediator.post(act, { party: crypto.randomUUID() })).status).toBe(422);
  const party = await carried.partyId('other');
  const paper = `/equipe/demandes/${caseId}/papiers/avis/${party}`;
  expect((await mediator.get(paper)).status).toBe(404);
  expect((await mediator.post(act, { party })).status).toBe(303);
  const printed = await mediator.get(paper);
  expect([printed.status, printed.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const { id } = await town.owner
    .selectFrom('questionnaire')
    .select('id')
    .where('party_id', '=', party)
    .executeTakeFirstOrThrow();
  const token = formatToken(paperToken(town.keys, id)).toLowerCase();
  const leader = new Visitor(app);
  await leader.post('/demo/entrer', { person: town.person('R2') });
  for (const wrong of ['', 'x', '00000-00000'])
    expect((await leader.post('/equipe/avis-papier', { token: wrong, listened: '4' })).status).toBe(422);
  expect((await leader.post('/equipe/avis-papier', { token })).status).toBe(422);
  const before = await town.owner.selectFrom('questionnaire_answer').select('id').execute();
  const said = { token, listened: '4', talk_better: 'none', relation: '6' };
  expect((await leader.post('/equipe/avis-papier', said)).status).toBe(303);
  const again = await leader.post('/equipe/avis-papier', said);
  expect([again.status, (await again.text()).includes('déjà saisi')]).toEqual([422, true]);
  const after = await town.owner
    .selectFrom('questionnaire_answer')
    .selectAll()
    .where('id', 'not in', before.length > 0 ? before.map((row) => row.id) : [crypto.randomUUID()])
    .execute();
  expect(after).toHaveLength(1);
  expect(after[0]).toMatchObject({ listened: 4, talk_better: null, talk_better_without_object: true, relation: 6 });
  // On the person's own page it is given too.
  const own = new Visitor(app);
  await own.post('/suivi', { code });
  expect(await (await own.get('/suivi/avis')).text()).toContain('Votre avis est reçu');
});

test('F7: questions in the order of the paper; the service’s only where a side is one', async () => {
  const names = async (visitor: Visitor) =>
    [
      ...new Set(
        [...(await (await visitor.get('/suivi/avis')).text()).matchAll(/<(?:input|textarea)[^>]* name="(\w+)"/g)].map(
          ([, name]) => name,
        ),
      ),
    ].filter((name) => name !== 'form');
  const { code } = await inEvaluation();
  const neighbour = new Visitor(app);
  await neighbour.post('/suivi', { code });
  const eight = [
    'listened',
    'could_say',
    'understood_free',
    'talk_better',
    'situation',
    'relation',
    'would_advise',
    'words',
    'may_quote',
  ];
  expect(await names(neighbour)).toEqual(eight);
  const service = await inEvaluation(true, 'institution');
  const office = new Visitor(app);
  await office.post('/suivi', { code: service.code });
  expect(await names(office)).toEqual([...eight.slice(0, 5), 'institution', ...eight.slice(5)]);
});

test('F3 item 5: a no in the agreement stands above a yes on the form', async () => {
  const { caseId } = await inEvaluation(false, 'person', true);
  expect(await town.owner.selectFrom('questionnaire').select('id').where('case_id', '=', caseId).execute()).toEqual([]);
});

test('F3 item 5: taken back before it is sent, nothing is asked and nothing is waited for', async () => {
  const { carried, caseId } = await inEvaluation();
  for (const side of ['requester', 'other'] as const) {
    const partyId = await carried.partyId(side);
    const item = await town.owner
      .selectFrom('agreement_item')
      .select(['agreement_id as agreementId', 'ordinal'])
      .where('party_id', '=', partyId)
      .where('item', '=', 'recontact')
      .where('withdrawn_at', 'is', null)
      .executeTakeFirstOrThrow();
    const holder = { townId: town.townId, caseId, ...(side === 'other' ? { partyId } : {}) };
    await takeItemBack(carried.web, holder, item);
  }
  await clock.forward(3);
  await takeDueSteps(town, caseId);
  expect(await mailsOf(caseId)).toEqual([]);
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
});

test.each([
  ['person', false],
  ['business', false],
  ['association', false],
  ['institution', true],
  ['transport', true],
] as const)(
  'R52, F7: with a party of the kind %s, question 6 is asked on the page as on paper: %s',
  async (kind, asked) => {
    const { carried, caseId } = await inEvaluation(true, kind);
    const partyId = await carried.partyId('other');
    await giveOnPaper(carried.web, carried.mediator(), { caseId, partyId });
    const paper = await opinionFacts(carried.web, carried.mediator(), caseId, partyId);
    const page = await opinionState(carried.web, { townId: town.townId, caseId, partyId });
    expect([paper?.withService, page.withService]).toEqual([asked, asked]);
  },
);

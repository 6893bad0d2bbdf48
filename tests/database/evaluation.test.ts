import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { evaluateWork } from '../../src/evaluation/evaluate-work.command.ts';
import { beginEvaluation, noteCheck } from '../../src/followup/note-check.command.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F7 and F9: opinions apart from who gave them, the work looked at by its people (R55, R57, R59).

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('evaluation');
  app = await webApp(town);
});
afterAll(() => town.close());

const later = (days: number) =>
  sql`update town set clock_offset_ms = clock_offset_ms + ${days * 86_400_000}`.execute(town.owner);

async function inEvaluation(recontact = true) {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ acceptEvaluation: recontact });
  // What is asked of somebody is what they allowed: both sides here, or none.
  if (!recontact) await carried.says('requester', { recontact: false });
  await carried.says('other', { recontact });
  await beginMediation(carried.web, carried.mediator(), caseId);
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await noteCheck(carried.web, carried.mediator(), {
    caseId,
    kind: 'm1',
    way: 'phone',
    reached: true,
    situation: 'better',
    next: 'go_on',
  });
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
  await later(3);
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
  await later(12);
  await takeDueSteps(town, caseId);
  // Who has answered is not reminded; the other one is, once.
  expect(await mailsOf(caseId)).toEqual(['questionnaire', 'questionnaire', 'questionnaire_reminder']);
  await later(6);
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
});

test('R57, F9: each its own column, once; dated with the closing, asked of the leader afterwards', async () => {
  const { carried, caseId } = await inEvaluation(false);
  expect(await town.owner.selectFrom('questionnaire').select('id').where('case_id', '=', caseId).execute()).toEqual([]);
  await evaluateWork(carried.web, carried.mediator(), {
    caseId,
    marks: { freedom: 4, timing: 2 },
    hours: 7.5,
    mediatorsNeeded: 1.5,
  });
  await expect(evaluateWork(carried.web, carried.mediator(), { caseId, marks: {} })).rejects.toMatchObject({
    code: 'already_evaluated',
  });
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
  const steps = town.owner
    .selectFrom('step')
    .innerJoin('deadline', 'deadline.id', 'step.deadline_id')
    .select('step.state')
    .where('step.case_id', '=', caseId)
    .where('deadline.kind', '=', 'leader_evaluation');
  expect((await steps.execute()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  await evaluateWork(carried.web, carried.leader(), { caseId, marks: { freedom: 4 }, conclusion: 'À refaire ainsi.' });
  expect((await steps.execute()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  const sides = await town.owner
    .selectFrom('case_evaluation')
    .select('side')
    .where('case_id', '=', caseId)
    .orderBy('side')
    .execute();
  expect(sides).toEqual([{ side: 'leader' }, { side: 'mediator' }]);
});

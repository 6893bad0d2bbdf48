import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishTask } from '../../src/cases/finish-task.command.ts';
import { moveSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Who may not be written to is called, once for all that is to be said: the newest thing (R28, R33).

let town: TestTown;
let mediator: Visitor;
beforeAll(async () => {
  town = await testTown('one-call');
  mediator = new Visitor(await webApp(town));
  await mediator.post('/demo/entrer', { person: town.person('M1') });
});
afterAll(() => town.close());

test('R28: an invitation and a moved day make one call to the party, about the moved day; made, a next one may come', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({}, { email: '', contactWays: ['phone'] });
  await carried.says('other');
  const calls = async () =>
    town.owner
      .selectFrom('deadline')
      .select(['id', 'reason'])
      .where('case_id', '=', caseId)
      .where('kind', '=', 'task_call_party')
      .where('state', '=', 'open')
      .execute();
  expect((await calls()).map(({ reason }) => reason)).toEqual(['party_invited']);
  const partyId = await carried.partyId('other');
  const meeting = { caseId, day: '13/01/2027', hour: '14 h', minutes: 60, place: 'Au service' };
  const sessionId = await planSession(carried.web, carried.mediator(), {
    ...meeting,
    mode: 'individual',
    partyIds: [partyId],
  });
  await takeDueSteps(town, caseId);
  await moveSession(carried.web, carried.mediator(), { ...meeting, sessionId, hour: '15 h' });
  await takeDueSteps(town, caseId);
  const [call, ...others] = await calls();
  expect([call?.reason, others]).toEqual(['session_moved', []]);
  const page = await (await mediator.get('/equipe')).text();
  expect(page.replaceAll('\u00a0', ' ')).toContain('Appeler l’autre personne : annonce d’un nouveau jour');
  await finishTask(carried.web, carried.mediator(), { caseId, deadlineId: call?.id ?? '' });
  await moveSession(carried.web, carried.mediator(), { ...meeting, sessionId, hour: '16 h' });
  await takeDueSteps(town, caseId);
  expect((await calls()).map(({ reason }) => reason)).toEqual(['session_moved']);
});

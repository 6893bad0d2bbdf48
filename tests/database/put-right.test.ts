import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { correctMistake } from '../../src/cases/correct-mistake.command.ts';
import { extendWait } from '../../src/cases/extend-wait.command.ts';
import { acceptCase, askQuestion, startTriage } from '../../src/cases/triage.command.ts';
import { raiseDanger } from '../../src/cases/danger.command.ts';
import { withdrawByRequester, withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { recordChange } from '../../src/outbox/record-change.ts';
import { openKinds, stateOf } from '../support/case-rows.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// T35: a mistake of the team is put right; what the person decided is not.

let town: TestTown;
beforeAll(async () => {
  town = await testTown('put-right');
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const by = (ref: string) => ({ townId: town.townId, personId: town.person(ref) });
const correct = (caseId: string) => correctMistake(web(), by('R1'), { caseId, reason: 'Trop vite.' });
const close = (caseId: string) =>
  proposeClosing(web(), by('R1'), { caseId, outcome: 'ORIENTE', reason: 'Autre service.', target: 'CDAD' });

async function assigned(): Promise<string> {
  const { caseId } = await submit(town);
  await acceptCase(web(), by('R1'), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
  await assignMediator(web(), by('R1'), { caseId, mediatorId: town.person('M1') });
  return caseId;
}

test('closed while it was proposed to a mediator: the proposal stands again, and may be accepted', async () => {
  const caseId = await assigned();
  await close(caseId);
  await correct(caseId);
  expect([await stateOf(town, caseId), await openKinds(town, caseId)]).toEqual([
    'assigned',
    ['case_review', 'long_case', 'mediator_answer'],
  ]);
  await acceptAssignment(web(), by('M1'), caseId);
  expect(await stateOf(town, caseId)).toBe('first_contact');
});

describe('line 2: a withdrawal', () => {
  test('with the code is nobody else’s to take back, and the page does not offer it', async () => {
    const { caseId } = await submit(town);
    await withdrawByRequester(web(), { townId: town.townId, caseId });
    await expect(correct(caseId)).rejects.toMatchObject({ code: 'ended_by_person' });
    expect(await stateOf(town, caseId)).toBe('closed');
    const visitor = new Visitor(await webApp(town));
    await visitor.post('/demo/entrer', { person: town.person('R1') });
    expect(await (await visitor.get(`/equipe/demandes/${caseId}`)).text()).not.toContain(
      `/equipe/demandes/${caseId}/corriger`,
    );
    const sent = await visitor.post(`/equipe/demandes/${caseId}/corriger`, { reason: 'Elle a rappelé.' });
    const page = await sent.text();
    expect([sent.status, page.includes('Elle seule peut revenir'), page.includes('Elle a rappelé.')]).toEqual([
      409,
      true,
      true,
    ]);
  });

  test('that was typed for the person may be a mistake', async () => {
    const { caseId } = await submit(town);
    await withdrawForRequester(web(), by('R1'), caseId);
    await correct(caseId);
    expect(await stateOf(town, caseId)).toBe('received');
  });
});

test('the page says which mails the person has had since, before it is confirmed', async () => {
  const { caseId } = await submit(town);
  await startTriage(web(), by('R1'), caseId);
  await close(caseId);
  const visitor = new Visitor(await webApp(town));
  await visitor.post('/demo/entrer', { person: town.person('R1') });
  const page = async () => (await visitor.get(`/equipe/demandes/${caseId}/corriger`)).text();
  expect(await page()).toContain('Aucun courriel n’est parti');
  const { db } = town.context('passerelle_worker');
  await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
    recordChange(tx, {
      caseId,
      code: 'mail_settled',
      actor: 'service',
      data: { template: 'closed', state: 'accepted' },
      closes: true,
    }),
  );
  const said = await page();
  expect([said.includes('Déjà envoyé à la personne'), said.includes('Annonce de la clôture')]).toEqual([true, true]);
});

test('danger that nobody had decided on is still waited for', async () => {
  const { caseId } = await submit(town);
  await startTriage(web(), by('R1'), caseId);
  await raiseDanger(web(), by('R1'), caseId);
  await withdrawForRequester(web(), by('R1'), caseId);
  await correct(caseId);
  expect(await openKinds(town, caseId)).toEqual(['danger', 'triage']);
});

describe('« prolonger »', () => {
  test('gives time to the wait that ran out only: danger is due when it was', async () => {
    const { caseId } = await submit(town);
    await askQuestion(web(), by('R1'), { caseId, question: 'Quel étage ?' });
    await raiseDanger(web(), by('R1'), caseId);
    const { db, policies } = town.context('passerelle_worker');
    const policy = await policies.of(town.townId);
    await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
      openDeadline(tx, policy, { caseId, kind: 'task_close_or_extend', reason: 'question_unanswered' }),
    );
    const dueOf = (kind: string) =>
      town.owner
        .selectFrom('deadline')
        .select(['due_day', 'state'])
        .where('case_id', '=', caseId)
        .where('kind', '=', kind)
        .execute();
    const before = await dueOf('danger');
    await extendWait(web(), by('R1'), { caseId, workingDays: 20 });
    expect(await dueOf('danger')).toEqual(before);
    expect(await dueOf('more_info')).toEqual([
      { due_day: '2027-01-25', state: 'met' },
      { due_day: '2027-02-08', state: 'open' },
    ]);
  });
});

test('the end of a case leaves no step behind, whatever had not been announced yet', async () => {
  const { caseId } = await submit(town);
  await acceptCase(web(), by('R1'), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
  await withdrawByRequester(web(), { townId: town.townId, caseId });
  const pending = town.owner
    .selectFrom('step')
    .select('template')
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending');
  expect(await pending.execute()).toEqual([]);
  const answered = await submit(town);
  await askQuestion(web(), by('R1'), { caseId: answered.caseId, question: 'Quel étage ?' });
  await takeDueSteps(town, answered.caseId);
  const mails = town.owner.selectFrom('mail').select('template').where('case_id', '=', answered.caseId);
  expect((await mails.execute()).map(({ template }) => template)).toContain('acknowledgement');
});

test('the follow page says how it ended, as the mail of the closing promises', async () => {
  const app = await webApp(town);
  const ENDS = [
    [async (id: string) => close(id), 'Nous vous avons indiqué un autre service'],
    [
      async (id: string) => withdrawByRequester(web(), { townId: town.townId, caseId: id }),
      'Vous avez choisi d’arrêter',
    ],
  ] as const;
  for (const [end, words] of ENDS) {
    const { caseId, code = '' } = await submit(town);
    await startTriage(web(), by('R1'), caseId);
    await end(caseId);
    const visitor = new Visitor(app);
    await visitor.post('/suivi', { code });
    const page = await (await visitor.get('/suivi/demande')).text();
    expect(page).toContain(words);
    expect(page.includes('CDAD')).toBe(end === ENDS[0][0]);
  }
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askQuestion } from '../../src/cases/triage.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// A slow line makes people click twice: the second click is answered like the first, and nothing is done a second time.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('second-click');
  app = await webApp(town);
});
afterAll(() => town.close());

async function enter(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
async function follow(code: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code });
  return visitor;
}
const rows = async (table: 'case_message' | 'contact_attempt' | 'assignment', caseId: string) =>
  (await town.owner.selectFrom(table).selectAll().where('case_id', '=', caseId).execute()).length;
const events = async (caseId: string) =>
  (await town.owner.selectFrom('case_event').select('code').where('case_id', '=', caseId).orderBy('seq').execute()).map(
    ({ code }) => code,
  );
const answered = ({ status, headers }: Response) => [status, headers.get('location')];

/** The leader takes the case in and gives it to M1. */
async function withMediator(leader: Visitor, caseId: string): Promise<void> {
  const of = (slug: string) => `/equipe/demandes/${caseId}/${slug}`;
  await leader.post(of('accepter'), { domain: 'social', complexity: 'simple', tension: '1' });
  expect(answered(await leader.post(of('affecter'), { mediator: town.person('M1') }))[0]).toBe(303);
}

describe('a message on the follow page', () => {
  test('two clicks at once and one later store it once, each is told « envoyé »; the next page writes the same words again', async () => {
    const { caseId, code = '' } = await submit(town);
    const visitor = await follow(code);
    const write = async (form: string) => visitor.post('/suivi/message', { form, message: 'Je pars samedi.' });
    const form = hiddenOf(await (await visitor.get('/suivi/demande')).text(), 'form');
    const sent = [...(await Promise.all([write(form), write(form)])), await write(form)];
    expect(sent.map(answered)).toEqual(Array(3).fill([303, '/suivi/demande?envoye']));
    expect(await rows('case_message', caseId)).toBe(1);
    expect(await events(caseId)).toEqual(['request_received', 'message_received']);
    const next = hiddenOf(await (await visitor.get('/suivi/demande')).text(), 'form');
    expect(next).not.toBe(form);
    await write(next);
    expect(await rows('case_message', caseId)).toBe(2);
  });

  test('the id stays with the words when the page comes back with a fault, and a page of before has none', async () => {
    const { caseId, code = '' } = await submit(town);
    const visitor = await follow(code);
    const form = crypto.randomUUID();
    const again = await visitor.post('/suivi/message', { form, message: 'a'.repeat(1_501) });
    expect(again.status).toBe(422);
    expect(hiddenOf(await again.text(), 'form')).toBe(form);
    for (const wrong of [{}, { form: 'abc' }])
      expect((await visitor.post('/suivi/message', { ...wrong, message: 'Bonjour.' })).status).toBe(303);
    expect(await rows('case_message', caseId)).toBe(2);
  });

  test('a second click on the answer to a question is no message of its own', async () => {
    const { caseId, code = '' } = await submit(town);
    const leader = { townId: town.townId, personId: town.person('R1') };
    await askQuestion(town.context('passerelle_web'), leader, { caseId, question: 'Quel étage ?' });
    const visitor = await follow(code);
    const form = crypto.randomUUID();
    for (let click = 0; click < 2; click += 1)
      expect((await visitor.post('/suivi/message', { form, message: 'Le quatrième.' })).status).toBe(303);
    expect((await events(caseId)).filter((of) => /question|message/.test(of))).toEqual([
      'question_asked',
      'question_answered',
    ]);
  });

  test('the id of one request does nothing for another', async () => {
    const form = crypto.randomUUID();
    for (let each = 0; each < 2; each += 1) {
      const { caseId, code = '' } = await submit(town);
      await (await follow(code)).post('/suivi/message', { form, message: 'Bonjour.' });
      expect(await rows('case_message', caseId)).toBe(1);
    }
  });
});

describe('the acts of people at work', () => {
  test('a try to reach the person is noted once for two clicks', async () => {
    const { caseId } = await submit(town);
    await withMediator(await enter('R1'), caseId);
    const mediator = await enter('M1');
    await mediator.post(`/equipe/demandes/${caseId}/prendre`, {});
    const path = `/equipe/demandes/${caseId}/contact`;
    const form = hiddenOf(await (await mediator.get(path)).text(), 'form');
    const note = async () => mediator.post(path, { form, way: 'phone', reached: 'no' });
    const sent = [...(await Promise.all([note(), note()])), await note()];
    expect(sent.map(answered)).toEqual(Array(3).fill([303, `/equipe/demandes/${caseId}?fait`]));
    expect(await rows('contact_attempt', caseId)).toBe(1);
    await mediator.post(path, { form: crypto.randomUUID(), way: 'phone', reached: 'no' });
    expect(await rows('contact_attempt', caseId)).toBe(2);
  });

  test('whoever declines with two clicks comes back to the worklist, not to « cette page n’existe pas »', async () => {
    const { caseId } = await submit(town);
    await withMediator(await enter('R1'), caseId);
    const mediator = await enter('M1');
    const form = crypto.randomUUID();
    const path = `/equipe/demandes/${caseId}/decliner`;
    for (let click = 0; click < 2; click += 1)
      expect(answered(await mediator.post(path, { form, decline: 'CHARGE' }))).toEqual([303, '/equipe']);
    expect((await events(caseId)).filter((of) => of === 'assignment_declined')).toHaveLength(1);
    // Somebody else's words, or another form, still find nothing.
    expect((await mediator.post(path, { form: crypto.randomUUID(), decline: 'CHARGE' })).status).toBe(404);
  });

  test('a wait is prolonged once for two clicks', async () => {
    const { caseId } = await submit(town);
    const by = { townId: town.townId, personId: town.person('R1') };
    await askQuestion(town.context('passerelle_web'), by, { caseId, question: 'Quel étage ?' });
    const { db, policies } = town.context('passerelle_worker');
    const policy = await policies.of(town.townId);
    await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
      openDeadline(tx, policy, { caseId, kind: 'task_close_or_extend', reason: 'question_unanswered' }),
    );
    const leader = await enter('R1');
    const form = crypto.randomUUID();
    for (let click = 0; click < 2; click += 1)
      expect(answered(await leader.post(`/equipe/demandes/${caseId}/prolonger`, { form, days: '5' }))).toEqual([
        303,
        `/equipe/demandes/${caseId}?fait`,
      ]);
    expect((await events(caseId)).filter((of) => of === 'deadline_extended')).toHaveLength(1);
  });
});

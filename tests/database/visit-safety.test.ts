import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideVisit } from '../../src/cases/decide-visit.command.ts';
import { noteSession, type SessionNote } from '../../src/sessions/note-session.command.ts';
import { moveSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R43: two from tension 3 on, the leader's word before any visit at 4, and a safety check after a tense one; F4's safety alert.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('visit-safety');
  app = await webApp(town);
});
afterAll(() => town.close());

const WHEN = { day: '25/01/2027', hour: '14 h 30', minutes: 60, place: 'Maison de quartier' };
const NOTE: Omit<SessionNote, 'caseId'> = {
  mode: 'desk',
  day: '11/01/2027',
  hour: '10h',
  minutes: 30,
  present: [],
  interpreter: false,
  tensionBefore: 1,
  tensionAfter: 1,
  registers: [],
  topics: [],
  progress: 'blocked',
  safetyAlert: false,
};
async function visited(tension: 1 | 3 | 4) {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact({}, { tension });
  const partyIds = [await carried.partyId('requester')];
  const plan = () => planSession(carried.web, carried.mediator(), { caseId, mode: 'individual', partyIds, ...WHEN });
  const allow = (allowed: boolean) =>
    decideVisit(carried.web, carried.leader(), { caseId, allowed, reason: 'À deux, en journée.' });
  const note = (change: Partial<SessionNote>) =>
    noteSession(carried.web, carried.mediator(), { caseId, ...NOTE, ...change });
  const read = async (slug: string, ref = 'M1') => {
    const visitor = new Visitor(app);
    await visitor.post('/demo/entrer', { person: town.person(ref) });
    return (await visitor.get(`/equipe/demandes/${caseId}${slug}`)).text();
  };
  return { carried, caseId, plan, allow, note, read };
}
const checks = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select(['reason', 'waits_for'])
      .where('case_id', '=', caseId)
      .where('kind', '=', 'task_safety_check')
      .where('state', '=', 'open')
      .execute()
  ).map(({ reason, waits_for }) => [reason, waits_for]);

describe('R43: one mediator alone from tension 3 on', () => {
  const PAGES = ['', '/rencontre', '/note', '/contact'];
  test('is warned on the case and wherever a visit is planned or noted, until a second is named', async () => {
    const { caseId, plan, read } = await visited(3);
    await plan();
    const warned = 'une visite se fait à deux';
    for (const slug of [...PAGES, '/deplacer'])
      expect([slug, (await read(slug)).includes(warned)]).toEqual([slug, true]);
    await town.owner
      .updateTable('mediation_case')
      .set({ second_id: town.person('M2') })
      .where('id', '=', caseId)
      .execute();
    for (const slug of [...PAGES, '/deplacer'])
      expect([slug, (await read(slug)).includes(warned)]).toEqual([slug, false]);
  });

  test('is not warned below', async () => {
    const { read } = await visited(1);
    for (const slug of PAGES) expect((await read(slug)).includes('se fait à deux')).toBe(false);
  });
});

describe('R43: at tension 4 the leader decides before any visit', () => {
  test('without a decision, or after a no, nothing is planned or moved; after a yes it is; a note asks again', async () => {
    const { carried, caseId, plan, allow, note } = await visited(4);
    await expect(plan()).rejects.toMatchObject({ code: 'visit_undecided' });
    await allow(false);
    await expect(plan()).rejects.toMatchObject({ code: 'visit_undecided' });
    await allow(true);
    const sessionId = await plan();
    await note({ tensionBefore: 4, tensionAfter: 4 });
    const moved = moveSession(carried.web, carried.mediator(), { caseId, sessionId, ...WHEN, day: '26/01/2027' });
    await expect(moved).rejects.toMatchObject({ code: 'visit_undecided' });
    await note({ tensionBefore: 4, tensionAfter: 2 });
    await moveSession(carried.web, carried.mediator(), { caseId, sessionId, ...WHEN, day: '26/01/2027' });
  });

  test('the decision is the leader’s alone, stands on the page, and the refusal leads to it', async () => {
    const { carried, caseId, allow, read } = await visited(4);
    const byMediator = decideVisit(carried.web, carried.mediator(), { caseId, allowed: true, reason: 'J’y vais.' });
    await expect(byMediator).rejects.toMatchObject({ code: 'not_your_case' });
    expect(await read('', 'R1')).toContain(`/equipe/demandes/${caseId}/visite`);
    const leader = new Visitor(app);
    await leader.post('/demo/entrer', { person: town.person('R1') });
    const sent = await leader.post(`/equipe/demandes/${caseId}/rencontre`, {
      sessionMode: 'individual',
      parties: await carried.partyId('requester'),
      ...WHEN,
      minutes: '60',
    });
    const refused = await sent.text();
    expect([sent.status, refused.includes('décide avant toute visite'), refused.includes('/visite"')]).toEqual([
      409,
      true,
      true,
    ]);
    await allow(true);
    for (const said of ['Visite possible', 'Nadège Kerlidou', 'À deux, en journée.'])
      expect(await read('')).toContain(said);
  });
});

describe('F4, R43: a safety alert and a tense visit', () => {
  test('the alert tells the leader at once by a mail of its own, and leaves a task; T2 is offered', async () => {
    const { caseId, note, read } = await visited(1);
    await note({ safetyAlert: true });
    expect(await checks(caseId)).toEqual([['safety_alert', 'leader']]);
    const mails = town.owner.selectFrom('mail').select('person_id').where('case_id', '=', caseId);
    expect(await mails.where('template', '=', 'safety_alert').execute()).toEqual([{ person_id: town.person('R1') }]);
    const page = await read('', 'R1');
    for (const said of [
      'Faire un point de sécurité',
      `/equipe/demandes/${caseId}/danger`,
      `/equipe/demandes/${caseId}/tache`,
    ])
      expect(page).toContain(said);
  });

  test('a tense visit leaves the check, told in the day’s mail; nobody acts: the deputy is asked', async () => {
    const { caseId, note } = await visited(1);
    await note({ mode: 'visit', tensionBefore: 2, tensionAfter: 3 });
    expect(await checks(caseId)).toEqual([['tense_visit', 'leader']]);
    await new TownClock(town).forward(3);
    await takeDueSteps(town, caseId);
    const lines = await sql<{
      template: string;
      ref: string;
    }>`select i.template, p.ref from mail_item i join mail m on m.id = i.mail_id
      join person p on p.id = m.person_id where i.case_id = ${caseId} and i.template in ('safety_check', 'decision_late')`.execute(
      town.owner,
    );
    expect(lines.rows).toContainEqual({ template: 'safety_check', ref: 'R1' });
    expect(lines.rows.filter(({ template }) => template === 'decision_late').length).toBeGreaterThan(0);
  });

  test.each([
    ['desk', 3],
    ['visit', 2],
  ] as const)('a note of %s at tension %s leaves none', async (mode, tensionAfter) => {
    const { caseId, note } = await visited(1);
    await note({ mode, tensionAfter, day: '11/01/2027' });
    expect(await checks(caseId)).toEqual([]);
  });
});

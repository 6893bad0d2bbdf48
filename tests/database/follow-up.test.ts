import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposeClosing, returnClosing } from '../../src/cases/close-case.command.ts';
import { holdReview } from '../../src/cases/hold-review.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { beginEvaluation, type CheckNote, noteCheck } from '../../src/followup/note-check.command.ts';
import { withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { stateOf } from '../support/case-rows.ts';
import { Carried } from '../support/agreements.ts';
import { faultBeside, valueOf } from '../support/form-page.ts';
import { ladderOf } from '../support/ladders.ts';
import { takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F6 and the waits around it (spec §4.4, T20–T29): news of each side, what follows, reviews of cases that last.

let town: TestTown;
let clock: TownClock;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('follow-up');
  clock = new TownClock(town);
  app = await webApp(town);
});
afterAll(() => town.close());

async function followed(): Promise<Carried> {
  const carried = new Carried(town);
  await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), carried.caseId);
  await beginFollowUp(carried.web, carried.mediator(), {
    caseId: carried.caseId,
    result: 'ACCORD_ORAL',
    agreedText: 'Le silence après 22 heures.',
  });
  return carried;
}
async function evaluatedAndClosed(): Promise<Carried> {
  const carried = await followed();
  await carried.news('m1');
  await beginEvaluation(carried.web, carried.mediator(), carried.caseId);
  await clock.forward(16);
  await proposeClosing(carried.web, carried.leader(), {
    caseId: carried.caseId,
    outcome: 'ACCORD_ORAL',
    reason: 'Tenu.',
  });
  return carried;
}
const waitOf = async (caseId: string, kind: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['id', 'state', 'due_day as dueDay', 'reason', 'waits_for as waitsFor'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .orderBy('opened_at', 'desc')
    .executeTakeFirst();
const hears = (carried: Carried, said: Partial<CheckNote> & Pick<CheckNote, 'kind'>) =>
  noteCheck(carried.web, carried.mediator(), {
    caseId: carried.caseId,
    way: 'phone',
    reached: true,
    situation: 'better',
    next: 'go_on',
    ...said,
  });
async function mediator(): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person('M1') });
  return visitor;
}
const newsForm = { check: 'd10', way: 'phone', reached: 'yes', situation: 'better', next: 'go_on' };

describe('F6: two sides at one check', () => {
  test('R16: the check ends when both were heard; each gives its own relation', async () => {
    const carried = await followed();
    const [requester, other] = [await carried.partyId('requester'), await carried.partyId('other')];
    await hears(carried, { kind: 'd10', partyId: requester, relationScore: 6 });
    expect((await waitOf(carried.caseId, 'check_d10'))?.state).toBe('open');
    await hears(carried, { kind: 'd10', partyId: other, relationScore: 4, day: '11/01/2027' });
    expect((await waitOf(carried.caseId, 'check_d10'))?.state).toBe('met');
    const marks = await town.owner
      .selectFrom('relation_mark')
      .select(['party_id', 'score'])
      .where('case_id', '=', carried.caseId)
      .where('stage', '=', 'd10')
      .orderBy('score')
      .execute();
    expect(marks).toEqual([
      { party_id: other, score: 4 },
      { party_id: requester, score: 6 },
    ]);
    // Settled checks stay on the form: somebody may call back.
    const page = await (await (await mediator()).get(`/equipe/demandes/${carried.caseId}/nouvelles`)).text();
    expect(page.match(/name="check" value="(\w+)"/g)).toHaveLength(3);
    await hears(carried, { kind: 'd10', partyId: other });
  });

  test('tries that reach nobody are counted and end nothing, until the mediator tries no more', async () => {
    const carried = await followed();
    const [requester, other] = [await carried.partyId('requester'), await carried.partyId('other')];
    await hears(carried, { kind: 'd10', partyId: requester });
    await hears(carried, { kind: 'd10', partyId: other, reached: false });
    await hears(carried, { kind: 'd10', partyId: other, reached: false, way: 'visit' });
    expect((await waitOf(carried.caseId, 'check_d10'))?.state).toBe('open');
    await hears(carried, { kind: 'd10', partyId: other, reached: false, givesUp: true });
    expect((await waitOf(carried.caseId, 'check_d10'))?.state).toBe('met');
    const page = await (await (await mediator()).get(`/equipe/demandes/${carried.caseId}`)).text();
    for (const shown of [
      'Accord oral',
      'Le silence après 22 heures.',
      'Après 10\u00A0jours',
      'essai 2',
      'essai 3',
      'plus d’autre essai',
    ])
      expect(page).toContain(shown);
  });

  test('who has left is not waited for', async () => {
    const carried = await evaluatedAndClosed();
    await withdrawByParty(carried.web, {
      townId: town.townId,
      caseId: carried.caseId,
      partyId: await carried.partyId('other'),
    });
    await hears(carried, { kind: 'm3', partyId: await carried.partyId('requester') });
    expect((await waitOf(carried.caseId, 'check_m3'))?.state).toBe('met');
  });

  test('a party of another case, of nobody, or none when somebody was reached: 422 beside the field, the text stays', async () => {
    const carried = await followed();
    const stranger = await followed();
    const visitor = await mediator();
    const path = `/equipe/demandes/${carried.caseId}/nouvelles`;
    for (const party of [await stranger.partyId('other'), crypto.randomUUID(), 'x', '']) {
      const answer = await visitor.post(path, { ...newsForm, party, newNeed: 'Un rendez-vous.' });
      const html = await answer.text();
      expect([answer.status, faultBeside(html, 'party'), valueOf(html, 'newNeed')]).toEqual([
        422,
        'Répondez à cette question.',
        'Un rendez-vous.',
      ]);
    }
    const party = await carried.partyId('requester');
    const coming = await visitor.post(path, { ...newsForm, party, day: '31/12/2030' });
    expect([coming.status, (await coming.text()).includes('pas encore arrivée')]).toEqual([422, true]);
    expect(
      await town.owner.selectFrom('follow_up_check').select('id').where('case_id', '=', carried.caseId).execute(),
    ).toEqual([]);
  });
});

describe('§4.4: checks are asked for', () => {
  test('check_due on the day and three working days later, check_late to the leader on the seventh', async () => {
    const carried = await followed();
    expect(await ladderOf(town, carried.caseId, 'check_d10', 'due_day')).toEqual([
      'd0 mediator check_due',
      'd3 mediator check_due',
      'd7 leader check_late',
    ]);
  });
});

describe('T20–T29: what the news says comes next has somebody who does it, until a day', () => {
  test('T27: after the month’s check the evaluation is to be opened, and ends with it', async () => {
    const carried = await followed();
    await carried.news('m1');
    expect(await waitOf(carried.caseId, 'evaluation_to_open')).toMatchObject({ state: 'open', waitsFor: 'mediator' });
    await beginEvaluation(carried.web, carried.mediator(), carried.caseId);
    expect((await waitOf(carried.caseId, 'evaluation_to_open'))?.state).toBe('met');
  });

  test('« orienter » and « clore bientôt » wait for a closing to be proposed', async () => {
    const carried = await followed();
    await hears(carried, { kind: 'd10', partyId: await carried.partyId('other'), next: 'orient' });
    expect(await waitOf(carried.caseId, 'closing_to_propose')).toMatchObject({ state: 'open', reason: 'orient' });
    await hears(carried, { kind: 'd10', partyId: await carried.partyId('requester'), next: 'go_on' });
    expect((await waitOf(carried.caseId, 'closing_to_propose'))?.state).toBe('cancelled');
    await hears(carried, { kind: 'd10', partyId: await carried.partyId('requester'), next: 'close' });
    // No measured closing before the month's check: its day follows it.
    const month = (await waitOf(carried.caseId, 'check_m1'))?.dueDay ?? '';
    expect((await waitOf(carried.caseId, 'closing_to_propose'))?.dueDay.localeCompare(month)).toBe(1);
    await carried.news('m1', { next: 'close' });
    // The evaluation, which the closing comes after, is what is waited for now.
    expect((await waitOf(carried.caseId, 'closing_to_propose'))?.state).not.toBe('open');
    expect((await waitOf(carried.caseId, 'evaluation_to_open'))?.state).toBe('open');
    await hears(carried, { kind: 'm1', partyId: await carried.partyId('requester'), next: 'orient' });
    await proposeClosing(carried.web, carried.mediator(), {
      caseId: carried.caseId,
      outcome: 'ORIENTE',
      target: 'Point-justice',
      reason: 'Ailleurs.',
    });
    expect((await waitOf(carried.caseId, 'closing_to_propose'))?.state).toBe('met');
  });

  test('« reprendre la médiation » is refused with its reason during the evaluation, and the form keeps what was typed', async () => {
    const carried = await followed();
    await carried.news('m1');
    await beginEvaluation(carried.web, carried.mediator(), carried.caseId);
    const answer = await (
      await mediator()
    ).post(`/equipe/demandes/${carried.caseId}/nouvelles`, {
      ...newsForm,
      check: 'm3',
      party: await carried.partyId('other'),
      next: 'resume_mediation',
      newNeed: 'Le bruit revient.',
    });
    const html = await answer.text();
    expect([answer.status, valueOf(html, 'newNeed')]).toEqual([422, 'Le bruit revient.']);
    expect(faultBeside(html, 'next')).toContain('la médiation ne reprend plus à cette étape');
  });

  test('T29: after the closing it opens the case again in the same act; after six months it is refused', async () => {
    const carried = await evaluatedAndClosed();
    const news = {
      kind: 'm3',
      partyId: await carried.partyId('other'),
      situation: 'worse',
      next: 'resume_mediation',
    } as const;
    await hears(carried, news);
    expect(await stateOf(town, carried.caseId)).toBe('in_triage');
    expect((await waitOf(carried.caseId, 'triage'))?.state).toBe('open');
    await expect(hears(carried, news)).rejects.toMatchObject({ code: 'not_allowed_now' });
    const old = await evaluatedAndClosed();
    await clock.forward(190);
    const late = { ...news, partyId: await old.partyId('other') };
    await expect(hears(old, late)).rejects.toMatchObject({ code: 'no_reopening', field: 'next' });
    await hears(old, { ...late, next: 'close' });
  });
});

describe('§4.4, R43: a case that lasts', () => {
  test('the review is asked for at sixty working days, then every thirty, though nobody holds it', async () => {
    const carried = await followed();
    const asked = async () =>
      town.owner
        .selectFrom('mail_item')
        .select('id')
        .where('case_id', '=', carried.caseId)
        .where('template', '=', 'review_due')
        .execute();
    const first = (await waitOf(carried.caseId, 'case_review'))?.dueDay;
    const counts: number[] = [];
    for (const days of [86, 43, 44]) {
      await clock.forward(days);
      await takeDueSteps(town, carried.caseId);
      counts.push((await asked()).length);
    }
    expect(counts).toEqual([1, 2, 3]);
    const now = await waitOf(carried.caseId, 'case_review');
    expect(now?.state).toBe('open');
    expect(now?.dueDay.localeCompare(first ?? '')).toBe(1);
  });

  test('the long case rings at eighty-five working days although a review was held; the next review answers it', async () => {
    const carried = await followed();
    await clock.forward(86);
    await holdReview(carried.web, carried.leader(), carried.caseId);
    expect((await waitOf(carried.caseId, 'long_case'))?.state).toBe('open');
    await clock.forward(46);
    await takeDueSteps(town, carried.caseId);
    const rung = await town.owner
      .selectFrom('mail_item')
      .select('id')
      .where('case_id', '=', carried.caseId)
      .where('template', '=', 'case_long')
      .execute();
    expect(rung).toHaveLength(1);
    await holdReview(carried.web, carried.leader(), carried.caseId);
    expect((await waitOf(carried.caseId, 'long_case'))?.state).toBe('met');
  });
});

describe('R10, R16, R21: how it stands when a closing is proposed', () => {
  test('relation and score of each side, tension of the case, « je ne sais pas » left out; a stranger is refused beside the field', async () => {
    const carried = await followed();
    const [requester, other] = [await carried.partyId('requester'), await carried.partyId('other')];
    const visitor = await mediator();
    const path = `/equipe/demandes/${carried.caseId}/clore`;
    const said = new URLSearchParams({
      outcome: 'RELAIS_PARTENAIRE',
      reason: 'Le relais est pris.',
      target: 'Centre social',
      tension: '2',
    });
    for (const score of [`${requester}.8`, `${other}.5`]) said.append('scores', score);
    for (const relation of ['', `${other}.still_speak`]) said.append('relations', relation);
    for (const strange of [
      `${crypto.randomUUID()}.7`,
      `${other}.11`,
      'x',
      `${await (await followed()).partyId('other')}.7`,
    ]) {
      const wrong = new URLSearchParams(said);
      wrong.append('scores', strange);
      const answer = await visitor.post(path, wrong);
      const html = await answer.text();
      expect([answer.status, faultBeside(html, 'scores'), valueOf(html, 'reason')]).toEqual([
        422,
        'Répondez à cette question.',
        'Le relais est pris.',
      ]);
    }
    expect((await visitor.post(path, said)).status).toBe(303);
    const marks = await town.owner
      .selectFrom('relation_mark')
      .select(['party_id', 'relation', 'score'])
      .where('case_id', '=', carried.caseId)
      .where('stage', '=', 'closing')
      .orderBy('score')
      .execute();
    expect(marks).toEqual([
      { party_id: other, relation: 'still_speak', score: 5 },
      { party_id: requester, relation: null, score: 8 },
    ]);
    const proposal = town.owner.selectFrom('closing_proposal').select('tension').where('case_id', '=', carried.caseId);
    expect(await proposal.execute()).toEqual([{ tension: 2 }]);
    // R21: the course of the case ends with it, unless the proposal was returned.
    const atTheEnd = /à la clôture\s:\s2\sdésaccord/u;
    const page = `/equipe/demandes/${carried.caseId}`;
    expect(await (await visitor.get(page)).text()).toMatch(atTheEnd);
    await returnClosing(carried.web, carried.leader(), carried.caseId);
    expect(await (await visitor.get(page)).text()).not.toMatch(atTheEnd);
  });
});

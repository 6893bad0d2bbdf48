import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { correctMistake } from '../../src/cases/correct-mistake.command.ts';
import { decideDanger, raiseDanger } from '../../src/cases/danger.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { reopenForRequester } from '../../src/cases/reopen.command.ts';
import { askQuestion, redirectCase, startTriage } from '../../src/cases/triage.command.ts';
import { withdrawByRequester, withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R85, spec §3.6: a danger is decided on by a person, with its trace; it never ends by itself, and new facts alert again (T2).

let town: TestTown;
let clock: TownClock;
beforeEach(async () => {
  town = await testTown('danger');
  clock = new TownClock(town);
});
afterEach(() => town.close());

const web = () => town.context('passerelle_web');
const by = (ref = 'R1') => ({ townId: town.townId, personId: town.person(ref) });
const decide = (caseId: string, decision: 'orient' | 'report' | 'no_action' = 'orient') =>
  decideDanger(web(), by(), { caseId, decision, legalGround: 'CP_223_6', reason: 'Appelée, le 3919 est donné.' });
const alerts = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('mail')
      .select('id')
      .where('case_id', '=', caseId)
      .where('template', '=', 'danger_alert')
      .execute()
  ).length;
const waits = async (caseId: string, kind = 'danger') =>
  (
    await town.owner
      .selectFrom('deadline')
      .select('state')
      .where('case_id', '=', caseId)
      .where('kind', '=', kind)
      .orderBy('opened_at')
      .execute()
  ).map(({ state }) => state);
const caseRow = (caseId: string) =>
  town.owner
    .selectFrom('mediation_case')
    .select(['state', 'danger', 'outcome'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
async function leader(): Promise<Visitor> {
  const visitor = new Visitor(await webApp(town));
  await visitor.post('/demo/entrer', { person: town.person('R1') });
  return visitor;
}

describe('R85: the decision and its trace', () => {
  test('a report names its legal ground, beside the field; the case page says what was decided, by whom, when and why', async () => {
    const { caseId } = await submit(town, { danger: true });
    const visitor = await leader();
    const send = (fields: Record<string, string>) =>
      visitor.post(`/equipe/demandes/${caseId}/decision`, {
        decision: 'report',
        reason: 'Appel au procureur.',
        ...fields,
      });
    for (const legalGround of ['', 'none']) {
      const refused = await send({ legalGround });
      const page = await refused.text();
      expect([
        refused.status,
        page.includes('Choisissez le texte de loi'),
        page.includes('Appel au procureur.'),
      ]).toEqual([422, true, true]);
    }
    expect((await send({ legalGround: 'CPP_40' })).status).toBe(303);
    const page = await (await visitor.get(`/equipe/demandes/${caseId}`)).text();
    for (const said of ['Signaler aux autorités', 'art. 40', 'Appel au procureur.', 'par Nadège Kerlidou'])
      expect(page).toContain(said);
    const row = town.owner.selectFrom('danger_decision').select(['decision', 'legal_ground']);
    expect(await row.execute()).toEqual([{ decision: 'report', legal_ground: 'CPP_40' }]);
  });

  test('no command reports without a ground, whatever form it came from', async () => {
    const { caseId } = await submit(town, { danger: true });
    const sent = decideDanger(web(), by(), { caseId, decision: 'report', legalGround: 'none', reason: 'Signalée.' });
    await expect(sent).rejects.toMatchObject({ code: 'unknown_choice', field: 'legalGround' });
  });
});

describe('T2: new facts on a case whose danger was decided on', () => {
  test('alert the leader again, open a decision, and the act is offered', async () => {
    const { caseId } = await submit(town, { danger: true });
    await decide(caseId);
    const visitor = await leader();
    expect(await (await visitor.get(`/equipe/demandes/${caseId}`)).text()).toContain(
      `/equipe/demandes/${caseId}/danger"`,
    );
    await raiseDanger(web(), by(), caseId);
    expect([await alerts(caseId), await waits(caseId)]).toEqual([2, ['met', 'open']]);
  });

  test('are one alert while a decision is waited for, and another one when it is overdue', async () => {
    const { caseId } = await submit(town, { danger: true });
    await raiseDanger(web(), by(), caseId);
    expect([await alerts(caseId), await waits(caseId)]).toEqual([1, ['open']]);
    await clock.forwardHours(1.5);
    await raiseDanger(web(), by(), caseId);
    expect([await alerts(caseId), await waits(caseId)]).toEqual([2, ['cancelled', 'open']]);
    const raised = town.owner.selectFrom('case_event').select('seq').where('code', '=', 'danger_raised');
    expect(await raised.execute()).toHaveLength(2);
  });
});

describe('R85: a danger nobody has decided on', () => {
  const ENDS: [string, (caseId: string) => Promise<unknown>][] = [
    ['T7', (caseId) => redirectCase(web(), by(), { caseId, motive: 'VIOLENCE', target: 'Le 3919' })],
    ['T33', (caseId) => proposeClosing(web(), by(), { caseId, outcome: 'DANGER_ORIENTE', reason: 'Orientée.' })],
    [
      'T8',
      async (caseId) => {
        const { number } = await submit(town);
        await mergeCase(web(), by(), { caseId, into: number });
      },
    ],
  ];
  test.each(ENDS)('is decided on before %s, which is possible afterwards', async (_name, end) => {
    const { caseId } = await submit(town, { danger: true });
    await startTriage(web(), by(), caseId);
    await expect(end(caseId)).rejects.toMatchObject({ code: 'danger_undecided' });
    expect([await waits(caseId), (await caseRow(caseId)).state]).toEqual([['open'], 'in_triage']);
    await decide(caseId);
    await end(caseId);
    expect((await caseRow(caseId)).state).not.toBe('in_triage');
  });

  test('the refusal says so, with the way to the decision, and the text is kept', async () => {
    const { caseId } = await submit(town, { danger: true });
    const visitor = await leader();
    const sent = await visitor.post(`/equipe/demandes/${caseId}/reorienter`, { motive: 'VIOLENCE', target: 'Le 3919' });
    const page = await sent.text();
    expect(sent.status).toBe(409);
    for (const said of [
      'La personne responsable décide d’abord',
      `href="/equipe/demandes/${caseId}/decision"`,
      'Le 3919',
    ])
      expect(page).toContain(said);
  });

  test('T6 never closes over it: the leader gets the task « clore ou prolonger »', async () => {
    const { caseId } = await submit(town);
    await askQuestion(web(), by(), { caseId, question: 'Quel étage ?' });
    await noteContact(web(), by(), { caseId, way: 'phone', reached: false });
    await raiseDanger(web(), by(), caseId);
    await clock.forwardHours(24 * 16);
    await takeDueSteps(town, caseId);
    expect([(await caseRow(caseId)).state, await waits(caseId), await waits(caseId, 'task_close_or_extend')]).toEqual([
      'more_info_needed',
      ['open'],
      ['open'],
    ]);
  });

  test('T32 is never held back: the leader keeps the decision, is reminded of it, and takes it on the ended case', async () => {
    const { caseId } = await submit(town, { danger: true });
    await withdrawByRequester(web(), { townId: town.townId, caseId });
    expect([await waits(caseId), (await caseRow(caseId)).state]).toEqual([['open'], 'closed']);
    await clock.forwardHours(1.25);
    await takeDueSteps(town, caseId);
    const waiting = town.owner.selectFrom('mail').select('person_id').where('template', '=', 'danger_waiting');
    expect(await waiting.execute()).toEqual([{ person_id: town.person('R1') }]);
    const visitor = await leader();
    expect(await (await visitor.get(`/equipe/demandes/${caseId}`)).text()).toContain('/decision"');
    await decide(caseId);
    expect([await waits(caseId), (await caseRow(caseId)).state]).toEqual([['met'], 'closed']);
    await expect(decide(caseId)).rejects.toMatchObject({ code: 'not_allowed_now' });
  });

  test.each([
    ['T35', (caseId: string) => correctMistake(web(), by(), { caseId, reason: 'Elle a rappelé.' })],
    ['T29', (caseId: string) => reopenForRequester(web(), by(), caseId)],
  ])('%s: it is still waited for once the request goes on', async (_name, goOn) => {
    const { caseId } = await submit(town, { danger: true });
    await withdrawForRequester(web(), by(), caseId);
    await goOn(caseId);
    expect(await waits(caseId)).toEqual(['open']);
  });

  test('T35: an earlier decision is none about what was said since', async () => {
    const { caseId } = await submit(town, { danger: true });
    await decide(caseId);
    await raiseDanger(web(), by(), caseId);
    await withdrawForRequester(web(), by(), caseId);
    await correctMistake(web(), by(), { caseId, reason: 'Elle a rappelé.' });
    expect(await waits(caseId)).toEqual(['met', 'open']);
  });
});

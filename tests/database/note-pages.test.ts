import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { suspendCase } from '../../src/cases/suspend.command.ts';
import { translator } from '../../src/i18n/catalogue.ts';
import { noteSession } from '../../src/sessions/note-session.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { faultBeside, shown, valueOf } from '../support/form-page.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Sessions and notes on the team's pages: what may be typed, what is shown again, what the case page tells (F4, R10, R16, R21).

const t = translator('fr', { timeZone: 'Europe/Paris' });
let town: TestTown;
let clock: TownClock;
let app: Awaited<ReturnType<typeof webApp>>;
let mediator: Visitor;
beforeAll(async () => {
  town = await testTown('note-pages');
  clock = new TownClock(town);
  app = await webApp(town);
  mediator = new Visitor(app);
  await mediator.post('/demo/entrer', { person: town.person('M1') });
});
afterAll(() => town.close());

async function mediating() {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ firstName: 'Zéphyrine' });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  const partyIds = [await carried.partyId('requester'), await carried.partyId('other')];
  return { carried, caseId, partyIds };
}
const read = async (path: string) =>
  shown((await (await mediator.get(path)).text()).replaceAll('\u00a0', ' ').replaceAll('\u202f', ' '));
async function act(caseId: string, slug: string, fields: Record<string, string>): Promise<Response> {
  const path = `/equipe/demandes/${caseId}/${slug}`;
  const page = await (await mediator.get(path)).text();
  return mediator.post(path, { form: hiddenOf(page, 'form'), ...fields });
}
const organisation = async (code: string) =>
  (await town.owner.selectFrom('organisation').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id;

test('F4, R10, R16, R19, R21, R22: everything a note says stands on the case page, and how tension and relation went', async () => {
  const { caseId, partyIds } = await mediating();
  const other = partyIds[1] ?? '';
  const saved = await act(caseId, 'note', {
    noteMode: 'collective',
    day: await clock.day(),
    hour: '0 h 01',
    minutes: '10',
    travel: '15',
    second: town.person('M2'),
    present: other,
    participants: '23',
    actionKind: 'foot_of_building',
    interpreter: 'yes',
    tensionBefore: '3',
    tensionAfter: '1',
    progress: 'partial',
    note: 'Chacun a parlé.',
    promisedBy1: other,
    promised1: 'Baisser le son.',
    promisedFor1: await clock.day(10),
    promisedBy3: other,
    promised3: 'Prévenir avant une fête.',
    promisedFor3: await clock.day(12),
    linkWith1: await organisation('O09'),
    linkKind1: 'introduction',
    linkHeld1: 'yes',
    registers: 'REG2',
    topics: 'BRUIT',
    safetyAlert: 'yes',
    nextStep: 'Revoir le gardien.',
    nextOn: await clock.day(3),
    askPartner: 'yes',
  });
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `/equipe/demandes/${caseId}/solliciter?fait`]);
  expect(await read(`/equipe/demandes/${caseId}/solliciter?fait`)).toContain('C’est noté.');
  const page = await read(`/equipe/demandes/${caseId}`);
  const colleague = await town.owner
    .selectFrom('person')
    .select(['first_name', 'last_name'])
    .where('id', '=', town.person('M2'))
    .executeTakeFirstOrThrow();
  for (const said of [
    'Collectif',
    `Awa Diarrassy, ${colleague.first_name} ${colleague.last_name}`,
    '23 participants, Réunion de pied d’immeuble, un interprète',
    '10 minutes, 15 minutes de trajet',
    'avant : 3 tension forte',
    'Accord partiel',
    'Chacun a parlé.',
    'Baisser le son.',
    'Prévenir avant une fête.',
    'Mise en relation · confirmé le',
    'Gestion de conflit',
    'Alerte de sécurité',
    'Revoir le gardien. · ',
    'à la lecture : 2 désaccord',
    'avant l’échange : 3 tension forte',
    'après l’échange : 1 gêne',
    'Faire la prochaine étape',
  ])
    expect(page).toContain(said);
});

test('F4: one more line keeps what was typed, and nothing is noted yet; a line that was begun is asked for its rest', async () => {
  const { caseId } = await mediating();
  const path = `/equipe/demandes/${caseId}/note`;
  const typed = { note: 'Un texte long.', promised2: 'Ranger.', hour: '14 h' };
  const more = await mediator.post(path, { ...typed, more: 'promised:4' });
  const html = await more.text();
  expect([more.status, valueOf(html, 'note'), valueOf(html, 'promised2'), valueOf(html, 'hour')]).toEqual([
    200,
    'Un texte long.',
    'Ranger.',
    '14 h',
  ]);
  expect([
    html.includes('name="promised4"'),
    html.includes('name="promised5"'),
    html.includes('name="linkWith4"'),
  ]).toEqual([true, false, false]);
  // Enter in a field is the form's own button, not « one more line ».
  expect(/<button[^>]*>/.exec(html.slice(html.indexOf('name="form"')))?.[0]).not.toContain('name="more"');
  const wrong = await (await act(caseId, 'note', { ...typed, minutes: '3' })).text();
  expect(faultBeside(wrong, 'promisedBy2')).toBe(t('staff.missing'));
  expect(faultBeside(wrong, 'promisedFor2')).toBe(t('staff.missing'));
  expect(faultBeside(wrong, 'minutes')).toBe(t('staff.notMinutes'));
  const notes = town.owner.selectFrom('session_note').select('id').where('case_id', '=', caseId);
  expect(await notes.execute()).toEqual([]);
});

test('R12: a collective talk is asked how many took part', async () => {
  const { caseId } = await mediating();
  const note = { day: await clock.day(), hour: '0 h 01', minutes: '60', tensionBefore: '2', tensionAfter: '2' };
  const asked = await (await act(caseId, 'note', { ...note, noteMode: 'collective', progress: 'listening' })).text();
  expect(faultBeside(asked, 'participants')).toBe(t('staff.missing'));
});

test('F4: no page chooses a session for anybody; the link beside a session does, and what it says stands there', async () => {
  const { carried, caseId, partyIds } = await mediating();
  const meeting = { caseId, mode: 'joint', partyIds, hour: '14 h 30', minutes: 90, place: 'Salle Zinnia' } as const;
  const sessionId = await planSession(carried.web, carried.mediator(), { ...meeting, day: await clock.day(3) });
  const selected = (html: string) => html.includes(`<option value="${sessionId}" selected`);
  expect(await read(`/equipe/demandes/${caseId}/note`)).not.toContain(sessionId);
  const ahead = await read(`/equipe/demandes/${caseId}`);
  expect(ahead).toContain(`/deplacer?session=${sessionId}`);
  expect(ahead).not.toContain(`/note?session=${sessionId}`);
  const moving = await read(`/equipe/demandes/${caseId}/deplacer?session=${sessionId}`);
  expect([selected(moving), valueOf(moving, 'hour'), valueOf(moving, 'place')]).toEqual([
    true,
    '14 h 30',
    'Salle Zinnia',
  ]);
  expect(selected(await read(`/equipe/demandes/${caseId}/deplacer`))).toBe(false);
  const moved = { session: sessionId, day: await clock.day(4), hour: '9 h', minutes: '60', place: '' };
  expect((await act(caseId, 'deplacer', moved)).status).toBe(303);
  expect(await read(`/equipe/demandes/${caseId}`)).toMatch(/Salle Zinnia[\s\S]*Prévue d’abord le/);
  await clock.forward(5);
  expect(selected(await read(`/equipe/demandes/${caseId}/note`))).toBe(false);
  const noting = await read(`/equipe/demandes/${caseId}/note?session=${sessionId}`);
  expect([selected(noting), valueOf(noting, 'hour'), valueOf(noting, 'minutes')]).toEqual([true, '9 h', '60']);
  expect(await read(`/equipe/demandes/${caseId}`)).toContain(`/note?session=${sessionId}`);
  const note = {
    session: sessionId,
    day: '',
    hour: '',
    minutes: '',
    noteMode: 'joint',
    tensionBefore: '2',
    tensionAfter: '1',
  };
  expect((await act(caseId, 'note', { ...note, progress: 'agreement' })).status).toBe(303);
  const noted = town.owner.selectFrom('session_note').select('minutes').where('session_id', '=', sessionId);
  expect(await noted.execute()).toEqual([{ minutes: 60 }]);
});

test('B-19: 2:30 on 28 March 2027 is refused beside its field; on 31 October the first is meant, and said', async () => {
  const { caseId, partyIds } = await mediating();
  const meeting = { sessionMode: 'individual', parties: partyIds[0] ?? '', minutes: '60', place: 'Au service' };
  const skipped = await act(caseId, 'rencontre', { ...meeting, day: '28/03/2027', hour: '2 h 30' });
  const html = await skipped.text();
  expect([skipped.status, faultBeside(html, 'hour'), valueOf(html, 'place')]).toEqual([
    422,
    t('staff.notAHour'),
    'Au service',
  ]);
  expect((await act(caseId, 'rencontre', { ...meeting, day: '31/10/2027', hour: '2 h 30' })).status).toBe(303);
  expect(await read(`/equipe/demandes/${caseId}`)).toContain('à 2 h 30 (heure d’été, la première des deux)');
});

test('B-19: an individual talk with two sides is refused beside its field, and a note about tomorrow too', async () => {
  const { caseId, partyIds } = await mediating();
  const path = `/equipe/demandes/${caseId}/rencontre`;
  const body = new URLSearchParams([
    ['sessionMode', 'individual'],
    ...partyIds.map((id): [string, string] => ['parties', id]),
    ['day', await clock.day(3)],
    ['hour', '10 h'],
    ['minutes', '60'],
    ['place', 'Ici'],
  ]);
  const refused = await mediator.post(path, body);
  expect([refused.status, faultBeside(await refused.text(), 'parties')]).toEqual([422, t('staff.oneAtATime')]);
  const note = { noteMode: 'phone', hour: '10 h', minutes: '10', tensionBefore: '2', tensionAfter: '2' };
  const ahead = await act(caseId, 'note', { ...note, day: await clock.day(1), progress: 'listening' });
  expect([ahead.status, faultBeside(await ahead.text(), 'day')]).toEqual([422, t('staff.dayToCome')]);
});

test('T24: a pause says which sessions stay planned, and each of them says so', async () => {
  const { carried, caseId, partyIds } = await mediating();
  const meeting = { caseId, mode: 'joint', partyIds, hour: '14 h 30', minutes: 90, place: 'Salle Zinnia' } as const;
  await planSession(carried.web, carried.mediator(), { ...meeting, day: await clock.day(3) });
  expect(await read(`/equipe/demandes/${caseId}/pause`)).toContain('Ce qui est prévu reste prévu pendant la pause');
  await suspendCase(carried.web, carried.mediator(), { caseId, reason: 'works', until: await clock.day(20) });
  expect(await read(`/equipe/demandes/${caseId}`)).toContain('Cette rencontre reste prévue');
  expect(await read(`/equipe/demandes/${caseId}/rencontre`)).toContain('La rencontre aura lieu quand même');
});

test('R10, R16: the relation is asked of each side before the mediation, in words and from 0 to 10', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const other = await carried.partyId('other');
  const call = { way: 'phone', reached: 'yes', party: other, relation: 'avoid', score: '3' };
  expect((await act(caseId, 'contact', call)).status).toBe(303);
  expect(await read(`/equipe/demandes/${caseId}`)).toContain('au début · On s’évite · 3 sur 10');
  const marks = town.owner
    .selectFrom('relation_mark')
    .select(['party_id', 'stage', 'score'])
    .where('party_id', '=', other);
  expect(await marks.execute()).toEqual([{ party_id: other, stage: 'start', score: 3 }]);
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  expect(await read(`/equipe/demandes/${caseId}/contact`)).not.toContain('name="score"');
  expect((await act(caseId, 'contact', call)).status).toBe(409);
});

test('B-52: without a session at work, everything that was typed in a note is given back', async () => {
  const { caseId } = await mediating();
  const typed = {
    note: 'Un texte.',
    nextStep: 'Une étape.',
    promised2: 'Une promesse.',
    promisedFor2: '12 mars',
    day: '11 janvier',
    hour: '9 h',
  };
  const page = await (await new Visitor(app).post(`/equipe/demandes/${caseId}/note`, typed)).text();
  for (const text of Object.values(typed)) expect(shown(page)).toContain(text);
  const review = { lesson: 'Une leçon.', trainingNeed: 'Un besoin.' };
  const evaluation = await (await new Visitor(app).post(`/equipe/demandes/${caseId}/bilan`, review)).text();
  for (const text of Object.values(review)) expect(evaluation).toContain(text);
});

test('spec §4.5: a note is read by the case’s mediators and its leader only', async () => {
  const { carried, caseId } = await mediating();
  await noteSession(carried.web, carried.mediator(), {
    caseId,
    mode: 'phone',
    day: await clock.day(),
    hour: '0 h 01',
    minutes: 10,
    present: [],
    interpreter: false,
    tensionBefore: 2,
    tensionAfter: 2,
    registers: [],
    topics: [],
    progress: 'listening',
    safetyAlert: false,
    note: 'Parole de Zinnia.',
  });
  for (const [ref, reads] of [
    ['R1', true],
    ['M2', false],
    ['M3', false],
  ] as const) {
    const visitor = new Visitor(app);
    await visitor.post('/demo/entrer', { person: town.person(ref) });
    const page = await (await visitor.get(`/equipe/demandes/${caseId}`)).text();
    expect([ref, page.includes('Parole de Zinnia.')]).toEqual([ref, reads]);
  }
});

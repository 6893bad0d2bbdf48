import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { plain } from '../../src/stories/page-form.ts';
import { encode, FORM, looked, message, type Pairs } from '../support/f1-form.ts';
import { faultBeside, valueOf } from '../support/form-page.ts';
import { limitsWith } from '../support/limits.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Spec §3.7, R25: a place pointed out without a name is an observation, no request: no identity, no number, no code, and nobody to answer.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('signals');
  app = await webApp(town);
});
afterAll(() => town.close());

const ANSWERS = { danger: 'no', need: 'place', categories: ['DEGRAD'], quarter: 'PEU', place: 'K7QX3M', place_text: 'près du banc', transport_line: 'ligne 3' }; // prettier-ignore
const drafted = (answers: Record<string, string | string[]> = {}, startedAt = Date.now() - 60_000) =>
  sealDraft(town.keys, town.townId, { ...newDraft(startedAt), answers: { ...ANSWERS, ...answers } });
const body = (draft: string, pairs: Pairs = [['note', 'Deux bancs cassés.']]) =>
  new URLSearchParams([['draft', draft], ['screen', 'note'], ...pairs, ['go', 'next']]); // prettier-ignore
const observations = () => town.owner.selectFrom('field_observation').selectAll().orderBy('observed_at').execute();
async function signal(draft = drafted(), visitor = new Visitor(app)): Promise<string> {
  const answer = await visitor.post('/demande', body(draft));
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/demande/signale']);
  return plain(await (await visitor.get('/demande/signale')).text());
}
async function at(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
const list = async (ref: string, query = '') => (await at(ref)).get(`/equipe/observations${query}`);

describe('pointing out a place', () => {
  test('danger first, then four short screens, and no field for a person on any of them', async () => {
    const visitor = new Visitor(app);
    let html = await (await visitor.get('/demande?besoin=place')).text();
    const steps: [string, Pairs][] = [
      ['danger', [['danger', 'no']]],
      ['need', [['need', 'place']]],
      ['what', [['categories', 'DEGRAD']]],
      ['place', [['quarter', 'PEU']]],
    ];
    for (const [screen, pairs] of steps) {
      expect(valueOf(html, 'screen')).toBe(screen);
      for (const name of ['first_name', 'phone', 'email', 'contact_ways', 'age_group', 'story'])
        expect(html).not.toContain(`name="${name}"`);
      const draft = String(valueOf(html, 'draft'));
      html = await (await visitor.post('/demande', new URLSearchParams([['draft', draft], ['screen', screen], ...pairs, ['go', 'next']]))).text(); // prettier-ignore
    }
    expect([valueOf(html, 'screen'), plain(html).includes('Étape 4 sur 4')]).toEqual(['note', true]);
    expect(plain(html)).toContain('Envoyer le signalement');
    const sent = await visitor.post('/demande', body(String(valueOf(html, 'draft'))));
    expect(sent.headers.get('location')).toBe('/demande/signale');
  });

  test('what is stored: where, what, when, by which door; the words sealed; nothing of anybody; no case, no mail, no code', async () => {
    const count = async () => (await rowCounts(town.owner)).split('\n').filter((line) => !line.startsWith('field_observation'));
    const before = await count();
    const page = await signal();
    expect(await count()).toEqual(before);
    const row = (await observations()).at(-1);
    expect(row).toMatchObject({ quarter_code: 'PEU', place_type: 'hall', categories: ['DEGRAD'], domain: 'espace_public', channel: 'web', danger: false, doubtful: false });
    expect(row?.team_id).not.toBeNull();
    expect(Buffer.concat([row?.note, row?.place_text, row?.transport_line].map((bytes) => bytes ?? Buffer.of())).toString('latin1')).not.toMatch(/bancs|banc|ligne/);
    for (const said of ['Nous avons noté ce lieu', 'personne ne vous répond', '24 mois', '11 janvier 2027']) expect(page.replaceAll('\u00a0', ' ')).toContain(said);
    expect(page).not.toMatch(/MS-\d{4}/);
  }); // prettier-ignore

  test('F-12: the same form again, at once and later, gives the same receipt and one observation', async () => {
    const draft = drafted();
    const before = (await observations()).length;
    const answers = await Promise.all(Array.from({ length: 6 }, () => new Visitor(app).post('/demande', body(draft))));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
    expect(await signal(draft)).toContain('déjà envoyé');
    expect((await observations()).length).toBe(before + 1);
  });

  test('R85: whoever is in danger reads whom to call, and leaders see it', async () => {
    expect(await signal(drafted({ danger: 'yes' }))).toContain('Appelez le 17 ou le 112');
    expect((await observations()).at(-1)?.danger).toBe(true);
    expect(await signal(drafted({ family: 'yes' }))).toContain('Appelez le 17 ou le 112');
    expect((await observations()).at(-1)?.danger).toBe(true);
  });

  test('B-38: filled as no person fills it, it is stored and marked', async () => {
    await signal(drafted({}, Date.now() - 500));
    expect((await observations()).at(-1)?.doubtful).toBe(true);
  });

  test('B-01, B-03, B-21: what is wrong is said beside its field, nothing is stored', async () => {
    const before = await rowCounts(town.owner);
    const raw = async (pairs: Pairs, draft = drafted()) =>
      looked(await app.request('http://localhost/demande', { method: 'POST', headers: FORM, body: encode([['draft', draft], ['screen', 'note'], ...pairs, ['go', 'next']]) })); // prettier-ignore
    const long = await raw([['note', 'é'.repeat(301)]]);
    expect([long.status, faultBeside(long.html, 'note'), valueOf(long.html, 'note')]).toEqual([422, message('note'), 'é'.repeat(301)]); // prettier-ignore
    expect(
      (
        await raw([
          ['note', 'x'],
          ['note', 'y'],
        ])
      ).status,
    ).toBe(422);
    expect(
      (
        await raw([
          ['note', 'x'],
          ['first_name', 'Rosa'],
        ])
      ).status,
    ).toBe(422);
    const nowhere = await raw([['note', '']], drafted({ quarter: '', place: 'none' }));
    expect([nowhere.status, faultBeside(nowhere.html, 'quarter')]).toEqual([422, message('quarter')]);
    expect(await rowCounts(town.owner)).toBe(before);
  });

  test('C-9: the budget of requests holds here too; what was typed stays, and the first receipt is given again', async () => {
    const tight = await webApp(town, true, undefined, limitsWith({ request: 1 }));
    const draft = drafted();
    const send = async (sealed: string) => new Visitor(tight, '198.51.100.77').post('/demande', body(sealed));
    expect((await send(draft)).status).toBe(303);
    const over = await send(drafted());
    const page = await over.text();
    expect([over.status, valueOf(page, 'note')]).toEqual([429, 'Deux bancs cassés.']);
    expect((await send(draft)).status).toBe(303);
  });
});

describe('who reads it', () => {
  test('the leader of the quarter’s team, in words; the link stands beside what there is to do; the reading is written down', async () => {
    await signal();
    const visitor = await at('R1');
    expect(await (await visitor.get('/equipe')).text()).toContain('href="/equipe/observations"');
    const journaled = async () => (await town.owner.selectFrom('case_read').select('id').where('person_id', '=', town.person('R1')).where(sql<boolean>`'observations' = any(groups)`).execute()).length;
    const before = await journaled();
    const page = plain(await (await visitor.get('/equipe/observations')).text());
    for (const said of ['Les Peupliers', 'Hall du 12 allée des Peupliers', 'près du banc', 'ligne 3', 'Deux bancs cassés.', 'Choses abîmées']) expect(page).toContain(said);
    expect(await journaled()).toBe(before + 1);
  }); // prettier-ignore

  test('R42: not the other team’s leader, no mediator, no coordinator, no administrator; without a quarter every leader', async () => {
    await town.owner.deleteFrom('field_observation').execute();
    await signal(drafted({ place_text: 'aux Peupliers' }));
    await signal(drafted({ quarter: 'unknown', place: 'none', place_text: 'on ne sait où' }));
    const [own, other] = await Promise.all(['R1', 'R2'].map(async (ref) => plain(await (await list(ref)).text())));
    expect([own?.includes('aux Peupliers'), other?.includes('aux Peupliers')]).toEqual([true, false]);
    expect([own?.includes('on ne sait où'), other?.includes('on ne sait où')]).toEqual([true, true]);
    for (const ref of ['M1', 'C1', 'A1']) expect({ ref, status: (await list(ref)).status }).toEqual({ ref, status: 404 });
  }); // prettier-ignore

  test('row-level security: residents write and read nothing back; a mediator sees no row; nobody changes one', async () => {
    const as = async (role: string, settings: Record<string, string>, query: string) =>
      town.db('passerelle_web').transaction().execute(async (tx) => {
        await sql`select set_config('role', ${role}, true), set_config('app.town', ${town.townId}, true)`.execute(tx);
        for (const [name, value] of Object.entries(settings)) await sql`select set_config(${name}, ${value}, true)`.execute(tx);
        return (await sql.raw(query).execute(tx)).rows.length;
      });
    await expect(as('app_public', {}, 'select id from field_observation')).rejects.toThrow(/permission denied/);
    await expect(as('app_public', {}, 'delete from field_observation')).rejects.toThrow(/permission denied/);
    await expect(as('app_staff', {}, "update field_observation set note = null")).rejects.toThrow(/permission denied/);
    expect(await as('app_staff', { 'app.person': town.person('M1'), 'app.teams': '{}', 'app.leads': 'false' }, 'select id from field_observation')).toBe(0);
  }); // prettier-ignore

  test('older ones stand on the next page, and an address nobody gave leads to the first', async () => {
    await town.owner.deleteFrom('field_observation').execute();
    for (let n = 0; n < 52; n += 1) await signal(drafted({ place_text: `banc numéro ${n}` }));
    const first = await (await list('R1')).text();
    const after = /apres=([0-9a-f-]{36})/.exec(first)?.[1] ?? '';
    const second = plain(await (await list('R1', `?apres=${after}`)).text());
    expect([second.includes('banc numéro 0'), second.includes('banc numéro 1'), second.includes('banc numéro 51')]).toEqual([true, true, false]);
    for (const query of ['?apres=x', '?apres=', `?apres=${crypto.randomUUID()}`]) expect((await list('R1', query)).status).toBe(200);
  }); // prettier-ignore
});

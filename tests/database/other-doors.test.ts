import { extractText, getDocumentProxy } from 'unpdf';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginCase, inTransaction } from '../../src/db/transaction.ts';
import { normaliseCode } from '../../src/privacy/case-code.ts';
import { SCREEN_ORDER } from '../../src/requests/screens.ts';
import { plain } from '../../src/stories/page-form.ts';
import { qrImage } from '../../src/ui/qr.ts';
import { message, type Pairs, VALID } from '../support/f1-form.ts';
import { faultBeside, noticeOf, shown, titleOf, valueOf } from '../support/form-page.ts';
import { residentMail, takeDueSteps } from '../support/mails.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('doors');
  app = await webApp(town);
});
afterAll(() => town.close());

async function at(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
const F1: Pairs = SCREEN_ORDER.flatMap((screen) => VALID[screen]);
const TOLD: Pairs = [['channel', 'phone'], ['said_on', '8/1'], ['ui_language', 'fr'], ['agreed', 'oral']]; // prettier-ignore
const but = (pairs: Pairs, ...changes: Pairs): Pairs => {
  const names = new Set(changes.map(([name]) => name));
  return [...pairs.filter(([name]) => !names.has(name)), ...changes.filter(([, value]) => value !== '')];
};
/** Opens the page and gives what it hides and what is typed. */
async function entry(typist: Visitor, pairs: Pairs): Promise<URLSearchParams> {
  const page = await (await typist.get('/equipe/saisie?besoin=person')).text();
  return new URLSearchParams([['by', hiddenOf(page, 'by')], ['form', hiddenOf(page, 'form')], ...pairs]);
}
async function receiptOf(typist: Visitor): Promise<{ html: string; number: string; code: string }> {
  const html = await (await typist.get('/equipe/saisie/recu')).text();
  const code = [...html.matchAll(/<span class="code-group">([0-9A-Z]{5})<\/span>/g)].map(([, group]) => group).join('');
  return { html, number: /MS-2027-\d{5}/.exec(html)?.[0] ?? '', code };
}
const caseOf = (number: string) =>
  town.owner.selectFrom('mediation_case').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

describe('a request typed by the team', () => {
  test.each([
    ['phone', 'R1', 'telephone'],
    ['desk', 'M1', 'permanence'],
    ['paper', 'R1', 'habitant'],
    ['street', 'M2', 'tournee'],
  ])('R27, R28, R36: %s, typed by %s: number and code that open /suivi, channel and origin stored, the journal says who', async (channel, ref, origin) => {
    const typist = await at(ref);
    const sent = await typist.post('/equipe/saisie', await entry(typist, [...F1, ...but(TOLD, ['channel', channel])]));
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/equipe/saisie/recu']);
    const { number, code } = await receiptOf(typist);
    expect(normaliseCode(code)).toBe(code);
    const person = new Visitor(app);
    await person.post('/suivi', { code });
    expect(await (await person.get('/suivi/demande')).text()).toContain(number);

    const stored = await caseOf(number);
    expect(stored).toMatchObject({ channel, origin, state: 'received', quarter_code: 'PEU', ui_language: 'fr' });
    const [first] = await town.owner.selectFrom('case_event').selectAll().where('case_id', '=', stored.id).orderBy('seq').execute();
    expect(first).toMatchObject({
      code: 'request_received', actor: 'staff', person_id: town.person(ref),
      data: { transition: 'T1', channel, saidOn: '2027-01-08', agreed: 'oral' },
    });
    const waits = await town.owner.selectFrom('deadline').select(['kind', sql<string>`due_day::text`.as('due')]).where('case_id', '=', stored.id).execute();
    expect(waits).toEqual([{ kind: 'triage', due: '2027-01-13' }]);
    const leader = await at('R1');
    const story = await (await leader.get(`/equipe/demandes/${stored.id}`)).text();
    expect(story).toContain('dit ou déposé le vendredi 8 janvier 2027');
  }); // prettier-ignore

  test.each([
    ['reunion_go', 'Réunion du groupe opérationnel (GO)'],
    ['elu_mairie', 'Élu ou mairie'],
    ['partenaire', 'Institution partenaire'],
  ])('R36: raised by %s: stored beside the door, in the journal, and read on the case', async (raisedBy, words) => {
    const typist = await at('R1');
    await typist.post('/equipe/saisie', await entry(typist, [...F1, ...TOLD, ['raised_by', raisedBy]]));
    const stored = await caseOf((await receiptOf(typist)).number);
    expect(stored).toMatchObject({ channel: 'phone', origin: raisedBy });
    const first = await town.owner.selectFrom('case_event').select('data').where('case_id', '=', stored.id).orderBy('seq').executeTakeFirstOrThrow(); // prettier-ignore
    expect(first.data).toMatchObject({ channel: 'phone', raisedBy });
    expect(await (await typist.get(`/equipe/demandes/${stored.id}`)).text()).toContain(words);
  });

  test('R36: no case is stored with another origin than the seven', async () => {
    const planted = sql`update mediation_case set origin = 'bailleur_social'`.execute(town.owner);
    await expect(planted).rejects.toThrow(/noticed_as_r36_lists/);
  });

  test('§4.2: a mediator who typed it reads nothing of it afterwards; the leader of the quarter does', async () => {
    const mediator = await at('M2');
    await mediator.post('/equipe/saisie', await entry(mediator, [...F1, ...TOLD]));
    const { id } = await caseOf((await receiptOf(mediator)).number);
    expect((await mediator.get(`/equipe/demandes/${id}`)).status).toBe(404);
    expect((await (await at('R1')).get(`/equipe/demandes/${id}`)).status).toBe(200);
  });

  test.each([
    [[], undefined],
    [[['danger', 'yes']], 'la personne est en danger'],
    [[['age_group', 'minor']], 'la personne a moins de 18 ans'],
    [[['precautions', 'do_not_write']], 'la personne demande de ne pas lui écrire'],
  ] as [Pairs, string | undefined][])('R81, R85, R98: told %j, whoever typed it reads whether an acknowledgement leaves and a paper is posted, as it is', async (told, why) => {
    const typist = await at('R1');
    await typist.post('/equipe/saisie', await entry(typist, but([...F1, ...TOLD], ...told)));
    const { html, number } = await receiptOf(typist);
    const { id } = await caseOf(number);
    await takeDueSteps(town, id);
    const mails = await town.owner.selectFrom('mail').select('template').where('case_id', '=', id).execute();
    const page = shown(html);
    expect(mails.some(({ template }) => template === 'acknowledgement')).toBe(why === undefined);
    expect([page.includes('un accusé de réception part'), page.includes('envoyez-le sous enveloppe')]).toEqual([why === undefined, why === undefined]);
    if (why) for (const line of ['Par courriel : rien ne part', 'Par courrier : n’envoyez rien']) expect(page.replaceAll('\u00a0', ' ')).toContain(`${line}, ${why}.`);
  }); // prettier-ignore

  test('F-12: the same form twice, and at the same time, is one case with one code', async () => {
    const typist = await at('R1');
    const before = await town.owner.selectFrom('mediation_case').select('id').execute();
    const form = await entry(typist, [...F1, ...TOLD]);
    await Promise.all([1, 2, 3].map(() => typist.post('/equipe/saisie', form)));
    const first = await receiptOf(typist);
    await typist.post('/equipe/saisie', form);
    const again = await receiptOf(typist);
    expect([again.number, again.code]).toEqual([first.number, first.code]);
    expect((await town.owner.selectFrom('mediation_case').select('id').execute()).length).toBe(before.length + 1);
  });

  test('the code is shown once, to whoever typed; its PDF comes from the page that showed it', async () => {
    const typist = await at('R1');
    await typist.post('/equipe/saisie', await entry(typist, [...F1, ...TOLD]));
    const stranger = typist.copy();
    await stranger.post('/demo/entrer', { person: town.person('M1') });
    expect((await stranger.get('/equipe/saisie/recu')).status).toBe(303);
    const { html, number, code } = await receiptOf(typist);
    const again = await receiptOf(typist);
    expect([again.number, again.code]).toEqual([number, '']);
    expect(again.html).toContain('Le code a déjà été montré.');
    const paper = await typist.post('/equipe/saisie/recu.pdf', { slip: hiddenOf(html, 'slip') });
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await paper.arrayBuffer())), { mergePages: true });
    expect(text.replaceAll('-', '')).toContain(code);
    for (const slip of ['', 'ZZZZ']) expect((await typist.post('/equipe/saisie/recu.pdf', { slip })).status).toBe(303);
    expect((await stranger.post('/equipe/saisie/recu.pdf', { slip: hiddenOf(html, 'slip') })).status).toBe(303);
  }); // prettier-ignore

  test('R85: a danger said by phone is alerted like any other', async () => {
    const typist = await at('M1');
    await typist.post('/equipe/saisie', await entry(typist, [...but(F1, ['danger', 'yes']), ...TOLD]));
    const { number } = await receiptOf(typist);
    const { id, danger } = await caseOf(number);
    expect(danger).toBe(true);
    const mails = await town.owner.selectFrom('mail').select('template').where('case_id', '=', id).execute();
    expect(mails).toContainEqual({ template: 'danger_alert' });
  });
});

describe('what is typed wrong', () => {
  test.each([
    [['first_name', ''], 'first_name', 'Écrivez un prénom'],
    [['need', 'place'], 'need', 'Choisissez ce que vous voulez faire'],
    [['phone', '06'], 'phone', '10 chiffres'],
    [['accept_contact', ''], 'accept_contact', 'Cochez cette case'],
    [['channel', ''], 'channel', 'Dites d’où cela vient.'],
    [['channel', 'web'], 'channel', 'Dites d’où cela vient.'],
    [['raised_by', 'habitant'], 'raised_by', 'qui a signalé la situation'],
    [['agreed', ''], 'agreed', 'Dites comment la personne a accepté'],
    [['said_on', '31/2'], 'said_on', 'Écrivez un jour passé'],
    [['said_on', '12/1/2027'], 'said_on', 'Écrivez un jour passé'],
    [['ui_language', 'zz'], 'ui_language', 'Choisissez une langue'],
  ] as const)('%j: 422 beside %s, everything else kept, nothing stored', async ([name, value], field, words) => {
    const typist = await at('R1');
    const before = await town.owner.selectFrom('mediation_case').select('id').execute();
    const answer = await typist.post('/equipe/saisie', await entry(typist, but([...F1, ...TOLD], [name, value])));
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(titleOf(html)).toMatch(/^Il manque une réponse/);
    expect(faultBeside(html, field)).toContain(words);
    expect(valueOf(html, 'story')).toBe('Les bruits de pas.');
    expect((await town.owner.selectFrom('mediation_case').select('id').execute()).length).toBe(before.length);
  });

  test('F1, R98: « Ne pas m’écrire » and nothing but a mail: said beside the ways, everything else kept', async () => {
    const typist = await at('R1');
    const pairs = but([...F1, ...TOLD], ['contact_ways', 'email'], ['precautions', 'do_not_write']);
    const answer = await typist.post('/equipe/saisie', await entry(typist, pairs));
    const html = await answer.text();
    expect([answer.status, faultBeside(html, 'contact_ways')]).toEqual([422, message('contact_ways_written')]);
    expect([valueOf(html, 'precautions'), valueOf(html, 'email')]).toEqual([['do_not_write'], 'rosa@courriel.example']);
  });

  test('a day left empty is today; nothing at all is said field by field', async () => {
    const typist = await at('R1');
    const sent = await typist.post('/equipe/saisie', await entry(typist, but([...F1, ...TOLD], ['said_on', ''])));
    expect(sent.status).toBe(303);
    const empty = await typist.post('/equipe/saisie', await entry(typist, []));
    expect(empty.status).toBe(422);
    for (const field of ['channel', 'agreed', 'danger', 'need', 'categories', 'quarter', 'first_name', 'age_group'])
      expect({ field, said: faultBeside(await empty.clone().text(), field) }).not.toEqual({ field, said: undefined });
  });

  test('B-21, B-25, B-54: a field that is not ours, an answer twice, a page somebody else left open', async () => {
    const typist = await at('R1');
    for (const more of [['is_admin', 'yes'], ['story', 'deux'], ['channel', 'desk']] as Pairs) {
      const form = await entry(typist, [...F1, ...TOLD]);
      form.append(...more);
      const answer = await typist.post('/equipe/saisie', form);
      expect(answer.status).toBe(422);
      expect(noticeOf(await answer.text())).not.toBe('');
    }
    const left = await entry(typist, [...F1, ...TOLD]);
    const other = await at('M1');
    expect((await other.post('/equipe/saisie', left)).status).toBe(409);
  }); // prettier-ignore

  test('a session that ended meanwhile: what was written is shown again, nothing is stored', async () => {
    const form = await entry(await at('R1'), [...F1, ...TOLD]);
    const nobody = await new Visitor(app).post('/equipe/saisie', form);
    expect(nobody.status).toBe(403);
    expect(await nobody.text()).toContain('Les bruits de pas.');
  });
});

describe('a place told without a name', () => {
  const PLACE: Pairs = [['danger', 'no'], ['categories', 'DEGRAD'], ['quarter', 'PEU'], ['place', 'K7QX3M'], ['place_text', 'près du banc'], ['note', 'Deux bancs cassés.'], ['channel', 'paper'], ['said_on', '8/1']]; // prettier-ignore
  const form = async (typist: Visitor, pairs: Pairs) => {
    const page = await (await typist.get('/equipe/saisie/lieu')).text();
    return new URLSearchParams([['by', hiddenOf(page, 'by')], ['form', hiddenOf(page, 'form')], ...pairs]);
  };
  const observations = () => town.owner.selectFrom('field_observation').selectAll().orderBy('observed_at').execute();

  test.each([
    ['paper', 'M1', 'Papier, boîte'],
    ['desk', 'R1', 'Permanence'],
    ['phone', 'M2', 'Téléphone'],
    ['street', 'M1', 'Rue'],
  ])('R28, R36, §3.7: %s, typed by %s: an observation with its door and who typed; no case, no code, no mail', async (channel, ref, words) => {
    const typist = await at(ref);
    expect(await (await typist.get('/equipe/saisie')).text()).toContain('href="/equipe/saisie/lieu"');
    const page = await (await typist.get('/equipe/saisie/lieu')).text();
    for (const name of ['first_name', 'phone', 'email', 'contact_ways', 'age_group', 'story']) expect(page).not.toContain(`name="${name}"`);
    const others = async () => (await rowCounts(town.owner)).split('\n').filter((line) => !line.startsWith('field_observation'));
    const before = await others();
    const typed = await form(typist, but(PLACE, ['channel', channel]));
    const sent = await typist.post('/equipe/saisie/lieu', typed);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/equipe/saisie/lieu?note=oui']);
    const stored = (await observations()).length;
    await typist.post('/equipe/saisie/lieu', typed);
    expect([(await observations()).length, await others()]).toEqual([stored, before]);
    const row = (await observations()).at(-1);
    expect(row).toMatchObject({ channel, entered_by: town.person(ref), said_on: '2027-01-08', quarter_code: 'PEU', categories: ['DEGRAD'], danger: false });
    const who = await town.owner.selectFrom('person').select(['first_name', 'last_name']).where('id', '=', town.person(ref)).executeTakeFirstOrThrow();
    const list = plain(await (await (await at('R1')).get('/equipe/observations')).text());
    expect(list).toContain(`${words}, saisi par ${who.first_name} ${who.last_name}`);
    expect(await (await typist.get('/equipe/saisie/lieu?note=oui')).text()).toContain('Le lieu est enregistré.');
  }); // prettier-ignore

  test('R85: a danger told is stored, and whoever typed it reads whom to call', async () => {
    const typist = await at('M1');
    const sent = await typist.post('/equipe/saisie/lieu', await form(typist, but(PLACE, ['danger', 'yes'])));
    expect(await (await typist.get(sent.headers.get('location') ?? '')).text()).toContain('appelez le 17 ou le 112');
    expect((await observations()).at(-1)?.danger).toBe(true);
  });

  test('B-01, B-03, B-21, B-25: what is wrong stands beside its field, typed text stays, nothing is stored', async () => {
    const [typist, other] = await Promise.all(['R1', 'M1'].map(at));
    if (!typist || !other) throw new Error('nobody signed in');
    const before = await rowCounts(town.owner);
    const wrong = [
      [['note', 'é'.repeat(301)], 'note'],
      [['channel', ''], 'channel'],
      [['channel', 'web'], 'channel'],
      [['said_on', '31/2'], 'said_on'],
      [['categories', ''], 'categories'],
      [['quarter', 'ZZZ'], 'quarter'],
      [['danger', ''], 'danger'],
    ] as const;
    for (const [[name, value], field] of wrong) {
      const answer = await typist.post('/equipe/saisie/lieu', await form(typist, but(PLACE, [name, value])));
      const html = await answer.text();
      expect({ field, status: answer.status, said: faultBeside(html, field) !== undefined }).toEqual({ field, status: 422, said: true }); // prettier-ignore
      expect(valueOf(html, 'place_text')).toBe('près du banc');
    }
    for (const more of [['first_name', 'Rosa'], ['note', 'deux'], ['need', 'place'], ['entered_by', town.person('M1')]] as Pairs) {
      const typed = await form(typist, PLACE);
      typed.append(...more);
      const answer = await typist.post('/equipe/saisie/lieu', typed);
      expect({ more, status: answer.status, said: noticeOf(await answer.text()) !== '' }).toEqual({ more, status: 422, said: true });
    }
    const left = await form(typist, PLACE);
    expect((await other.post('/equipe/saisie/lieu', left)).status).toBe(409);
    const nobody = await new Visitor(app).post('/equipe/saisie/lieu', left);
    expect([nobody.status, (await nobody.text()).includes('Deux bancs cassés.')]).toEqual([403, true]);
    expect(await rowCounts(town.owner)).toBe(before);
  }); // prettier-ignore

  test('row-level security: a resident says no door of the team, and the team types for nobody else', async () => {
    const plant = (role: 'app_public' | 'app_staff', channel: string, enteredBy: string | null) =>
      inTransaction(town.db('passerelle_web'), role === 'app_staff' ? { role, townId: town.townId, personId: town.person('M1') } : { role, townId: town.townId }, (tx) =>
        sql`insert into field_observation (id, town_id, categories, domain, channel, danger, kid, wrapped_key, observed_at, entered_by)
          values (gen_random_uuid(), ${town.townId}, '{BRUIT}', 'social', ${channel}, false, 'k', '', now(), ${enteredBy})`.execute(tx.db),
      );
    await expect(plant('app_public', 'desk', null)).rejects.toThrow(/typed_by_somebody/);
    await expect(plant('app_public', 'desk', town.person('M1'))).rejects.toThrow(/row-level security/);
    await expect(plant('app_staff', 'desk', town.person('M2'))).rejects.toThrow(/row-level security/);
    await expect(plant('app_staff', 'web', null)).rejects.toThrow(/row-level security/);
  }); // prettier-ignore
});

describe('who may', () => {
  test.each([
    ['/equipe/saisie', ['R1', 'M1'], ['C1', 'A1']],
    ['/equipe/saisie/lieu', ['R1', 'M1'], ['C1', 'A1']],
    ['/equipe/affiches', ['R1', 'C1'], ['M1', 'A1']],
    ['/equipe/affiches/K7QX3M/a3', ['R1', 'C1'], ['M1', 'A1']],
  ])('§4.2, R89: %s opens for %j, is not there for %j, and asks others to sign in', async (path, those, others) => {
    for (const ref of those) expect([ref, (await (await at(ref)).get(path)).status]).toEqual([ref, 200]);
    for (const ref of others) expect([ref, (await (await at(ref)).get(path)).status]).toEqual([ref, 404]);
    expect((await new Visitor(app).get(path)).headers.get('location')).toBe('/connexion');
  });

  test('R35: each place of the town has its poster in two sizes; a code or a size that is none is not there', async () => {
    const leader = await at('R1');
    const page = await (await leader.get('/equipe/affiches')).text();
    const places = await town.owner.selectFrom('place').select(['code', 'name']).execute();
    for (const { code } of places)
      for (const size of ['a4', 'a3']) expect(page).toContain(`/equipe/affiches/${code}/${size}`);
    const answer = await leader.get('/equipe/affiches/K7QX3M/a4');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.arrayBuffer())), { mergePages: true }); // prettier-ignore
    expect(text.replaceAll(/\s/g, '')).toContain('[::1]:80/demande?lieu=K7QX3M');
    for (const none of ['/equipe/affiches/ZZZZZZ/a4', '/equipe/affiches/K7QX3M/a2', '/equipe/affiches/%00/a4'])
      expect((await leader.get(none)).status).toBe(404);
  });

  test('C-14: the role of the team writes a name and a code for the case it begins, and for no other', async () => {
    const typist = await at('R1');
    await typist.post('/equipe/saisie', await entry(typist, [...F1, ...TOLD]));
    const { id } = await caseOf((await receiptOf(typist)).number);
    const by = { role: 'app_staff', townId: town.townId, personId: town.person('R1') } as const;
    const plant = inTransaction(town.db('passerelle_web'), by, async (tx) => {
      await tx.db.updateTable('access').set({ ended_at: new Date() }).where('case_id', '=', id).execute();
      await beginCase(tx, id);
      await sql`insert into access (town_id, case_id, purpose, token_hash) values (${town.townId}, ${id}, 'case_code', ${Buffer.alloc(32)})`.execute(tx.db);
    }); // prettier-ignore
    await expect(plant).rejects.toThrow(/row-level security/);
    const made = inTransaction(town.db('passerelle_web'), by, async (tx) => {
      const other = crypto.randomUUID();
      await beginCase(tx, other);
      await sql`insert into mediation_case (id, town_id, number, state, state_since, need, categories, channel, origin, ui_language, received_at, kid, wrapped_key)
        values (${other}, ${town.townId}, 'MS-2027-99999', 'closed', now(), 'person', '{BRUIT}', 'phone', 'telephone', 'fr', now(), 'k', '')`.execute(tx.db);
    }); // prettier-ignore
    await expect(made).rejects.toThrow(/row-level security/);
  });
});

describe('the receipt', () => {
  /** The service in charge, and how it is reached. */
  const MENTIONS = ['Service Médiation', '4 place du Lavoir, 09900 Val-Rivière', '01 99 00 12 34', 'mediation@val-riviere.example']; // prettier-ignore

  test('R93: on screen with every mention, as PDF from the same browser, its drawing without the code', async () => {
    const person = new Visitor(app);
    expect((await person.get('/demande/recu.pdf')).headers.get('location')).toBe('/suivi');
    let page = await (await person.get('/demande')).text();
    for (const screen of SCREEN_ORDER) {
      const answers = VALID[screen];
      const form: Pairs = [['draft', hiddenOf(page, 'draft')], ['screen', screen], ...answers, ['go', 'next']];
      page = await (await person.post('/demande', new URLSearchParams(form))).text();
    }
    const html = await (await person.get('/demande/recu')).text();
    const said = ['11 janvier 2027 à 10 h', ...MENTIONS, 'mercredi 13 janvier 2027'];
    for (const words of said) expect(html.replaceAll('\u00a0', ' ')).toContain(words);
    expect(html).toContain(`src="${qrImage('http://[::1]:80/suivi')}"`);
    const answer = await person.get('/demande/recu.pdf');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.arrayBuffer())), { mergePages: true }); // prettier-ignore
    for (const words of said) expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
    const code = [...html.matchAll(/<span class="code-group">([0-9A-Z]{5})<\/span>/g)].map(([, group]) => group);
    expect(code).toHaveLength(5);
    expect(text).toContain(code.join('-'));
  });

  test('R93: by mail with every mention but the code, also for a request somebody typed', async () => {
    const typist = await at('R1');
    await typist.post('/equipe/saisie', await entry(typist, [...F1, ...TOLD]));
    const { number, code } = await receiptOf(typist);
    const { id } = await caseOf(number);
    await takeDueSteps(town, id);
    const { subject, html, text } = await residentMail(town, id, null);
    const flat = (words: string) => words.replaceAll(/\s+/gu, ' ');
    expect(flat(subject)).toBe(`Votre demande n° ${number}`);
    for (const words of [number, '11 janvier 2027 à 10 h', ...MENTIONS, 'au plus tard le mercredi 13 janvier'])
      for (const part of [text, shown(html)]) expect(flat(part)).toContain(words);
    expect(normaliseCode(code)).toBe(code);
    expect(`${subject} ${html} ${text}`.replaceAll(/[^0-9A-Z]/g, '')).not.toContain(code);
  });
});

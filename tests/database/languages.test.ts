import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { ROUTE_TABLE } from '../../src/http/route-table.ts';
import { translator } from '../../src/i18n/catalogue.ts';
import { languageFacts, type Locale, locales } from '../../src/i18n/languages.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { TRAP } from '../../src/requests/filled-by-machine.ts';
import { SCREEN_ORDER } from '../../src/requests/screens.ts';
import { Carried } from '../support/agreements.ts';
import { formOf, VALID } from '../support/f1-form.ts';
import { shown } from '../support/form-page.ts';
import { MAIL_ORIGIN, residentMail, takeDueSteps } from '../support/mails.ts';
import { codeOfParty, partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { TownClock } from '../support/town-clock.ts';
import { type PageField, typedPage } from '../support/typed-page.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// §4.8, R101: what residents read is in their language, and changing it loses nothing.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('languages');
  app = await webApp(town);
});
afterAll(() => town.close());

const OTHERS = locales.filter((locale) => locale !== 'fr');
const home = (headers: Record<string, string>) => app.request('http://localhost/', { headers });
const isIn = (html: string, locale: Locale) =>
  expect(html).toContain(`<html lang="${languageFacts[locale].tag}" dir="${languageFacts[locale].direction}">`);
const reads = async (visitor: Visitor, locale: Locale) => void (await visitor.get(`/langue/${locale}`));

describe('the switch', () => {
  test('§4.8: each language of the switch is in its own words, named as such, and opens the page one came from', async () => {
    const html = await (await home({})).text();
    for (const locale of locales) {
      const { ownName, tag } = languageFacts[locale];
      expect(html).toContain(`lang="${tag}"`);
      expect(shown(html)).toContain(`>${ownName}</a>`);
      const headers = { referer: 'http://localhost:80/demande?besoin=group' };
      const answer = await app.request(`http://localhost/langue/${locale}`, { headers });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/demande?besoin=group']);
      expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`^langue=${locale};.*HttpOnly`));
      const page = await (await home({ cookie: `langue=${locale}` })).text();
      isIn(page, locale);
      expect(shown(page)).toContain(shown(translator(locale)('home.titleFirst')));
    }
  });

  test.each([
    ['http://localhost:80/suivi/message', '/suivi'],
    ['http://localhost:80/suivi/participation/accord', '/suivi/participation'],
    ['http://localhost:80/langue/ar', '/'],
    ['https://evil.example/demande', '/'],
    ['nonsense', '/'],
  ])('from %s it leads to %s', async (referer, location) => {
    const answer = await app.request('http://localhost/langue/fr', { headers: { referer } });
    expect(answer.headers.get('location')).toBe(location);
  });

  test('B-18, B-35: a language we have not is no page; a list of 100,000 signs and a changed cookie are French', async () => {
    expect((await app.request('http://localhost/langue/xx')).status).toBe(404);
    isIn(await (await home({ 'accept-language': 'ar,'.repeat(30_000) })).text(), 'fr');
    isIn(await (await home({ cookie: 'langue=../../etc' })).text(), 'fr');
  });

  test.each([
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['ar-MA,fr;q=0.9', 'ar'],
    ['de,tr;q=0.3', 'tr'],
    ['fr-CH,en;q=0.9', 'fr'],
    ['en;q=0,fr', 'fr'],
    ['zh', 'fr'],
  ] as const)('a browser that asks for %s reads %s', async (asked, locale) => {
    isIn(await (await home({ 'accept-language': asked })).text(), locale);
  });

  test('partners and the team read French whatever their browser asks for', async () => {
    const headers = { 'accept-language': 'ar', cookie: 'langue=ar' };
    for (const path of ['/partenaire', '/connexion']) {
      const html = await (await app.request(`http://localhost${path}`, { headers })).text();
      isIn(html, 'fr');
      expect(html).not.toContain('class="languages"');
    }
  });
});

describe('changing the language keeps what was typed', () => {
  test.each(OTHERS)(
    '§4.8: on the form, to %s: nothing is judged, nothing lost, and the request is kept in it',
    async (locale) => {
      const visitor = new Visitor(app);
      const form = formOf(town, app);
      const story = 'É'.repeat(1_600);
      const typed = new URLSearchParams([['draft', form.draftOf()], ['screen', 'story'], ['story', story], ['langue', locale]]); // prettier-ignore
      const answer = await visitor.post('/demande', typed);
      const html = await answer.text();
      expect(answer.status).toBe(200);
      isIn(html, locale);
      expect(html).toContain(story);
      expect(html).not.toContain('field-error');
      const sent = new URLSearchParams([['draft', form.draftOf()], ['screen', 'send'], ...VALID.send, ['go', 'next']]);
      expect((await visitor.post('/demande', sent)).status).toBe(303);
      const receipt = await (await visitor.get('/demande/recu')).text();
      isIn(receipt, locale);
      const number = /MS-\d{4}-\d{5}/.exec(receipt)?.[0] ?? '';
      const kept = town.owner.selectFrom('mediation_case').select('ui_language').where('number', '=', number);
      expect((await kept.executeTakeFirstOrThrow()).ui_language).toBe(locale);
    },
  );

  test('on the pages behind a code: the message, the agreement, the opinion, the code itself', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const [requester, party] = [await requesterVisitor(app, town, caseId), await partyVisitor(app, town, carried)];
    const tried = [
      [requester, '/suivi/message', { message: 'Le matin' }],
      [party, '/suivi/participation/message', { message: 'Le matin' }],
      [party, '/suivi/participation/accord', { may_say: 'Le matin' }],
      [new Visitor(app), '/suivi', { code: 'Le matin' }],
    ] as const;
    for (const [visitor, path, fields] of tried) {
      const answer = await visitor.post(path, { ...fields, langue: 'tr' });
      const html = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      isIn(html, 'tr');
      if (!path.endsWith('/accord')) expect([path, html.includes('Le matin')]).toEqual([path, true]);
      expect(html).not.toContain('field-error');
    }
    // « Comment me joindre » has its language buttons on its form; nothing of it is judged or kept yet.
    for (const [visitor, path] of [
      [requester, '/suivi/joindre'],
      [party, '/suivi/participation/joindre'],
    ] as const) {
      const asked = await (await visitor.get(path)).text();
      const id = /<form id="([^"]+)" method="post" action="[^"]*joindre"/.exec(asked)?.[1] ?? 'none';
      expect(asked).toMatch(new RegExp(`<button[^>]*form="${id}"[^>]*name="langue"`));
      const answer = await visitor.post(path, { contact_ways: 'desk', phone: 'Le matin', langue: 'tr' });
      const html = await answer.text();
      expect([path, answer.status, html.includes('value="Le matin"')]).toEqual([path, 200, true]);
      isIn(html, 'tr');
      expect(html).toMatch(/value="desk"[^>]*checked/);
      expect(html).not.toContain('field-error');
    }
    const messages = await town.owner.selectFrom('case_message').select('id').where('case_id', '=', caseId).execute();
    expect(messages).toEqual([]);
  });
});

describe('R101: agreement is given in a text that a person has checked', () => {
  let carried: Carried;
  let visitor: Visitor;
  beforeEach(async () => {
    carried = new Carried(town);
    await carried.toAgreements();
    visitor = await partyVisitor(app, town, carried);
  });
  const standing = async () => (await town.owner.selectFrom('agreement').select('state').where('party_id', '=', await carried.partyId('other')).executeTakeFirstOrThrow()).state; // prettier-ignore
  const yes = { understood: 'yes', take_part: 'yes', contact_other: 'yes', recontact: 'yes' };

  test.each(OTHERS.filter((locale) => !languageFacts[locale].checked))('in %s no form stands there, and a yes that is sent all the same is none', async (locale) => {
    await reads(visitor, locale);
    const html = await (await visitor.get('/suivi/participation')).text();
    expect(html).not.toContain('name="take_part"');
    expect(shown(html)).toContain(shown(translator(locale)('parties.unchecked')));
    expect(html).toContain('action="/suivi/participation/interprete"');
    expect((await visitor.post('/suivi/participation/accord', yes)).status).toBe(409);
    expect(await standing()).toBe('asked');
  }); // prettier-ignore

  test('in French it is given', async () => {
    const form = hiddenOf(await (await visitor.get('/suivi/participation')).text(), 'form');
    expect((await visitor.post('/suivi/participation/accord', { ...yes, form })).status).toBe(303);
    expect(await standing()).toBe('yes');
  });
});

describe('mails', () => {
  test.each(OTHERS)('§4.8: to whoever asked in %s, in it', async (locale) => {
    const { caseId, number } = await submit(town, { uiLanguage: locale });
    await takeDueSteps(town, caseId);
    const { subject, html, text } = await residentMail(town, caseId, null);
    expect(subject).toBe(translator(locale)('mail.requester.subject', { number }));
    expect(html).toContain(`lang="${languageFacts[locale].tag}"`);
    expect(text).toContain(MAIL_ORIGIN);
  });

  test('§4.8: to the other party in the language its space was last opened in, in French before', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await takeDueSteps(town, caseId);
    const partyId = await carried.partyId('other');
    expect((await residentMail(town, caseId, partyId)).html).toContain('lang="fr"');
    const visitor = new Visitor(app);
    await reads(visitor, 'ar');
    await visitor.post('/suivi', { code: await codeOfParty(town, partyId) });
    expect((await residentMail(town, caseId, partyId)).html).toContain('lang="ar"');
  });
});

describe('§4.8: every form of residents keeps what is typed when the language changes', () => {
  const OTHER_DOORS = /^\/(?:partenaire|equipe|connexion|invitation|administration|demo)(?:\/|$)/;
  /** Forms of one button, or of files, which no page can give back to a browser: what their pages hold is looked at all the same. */
  const NOTHING_TYPED = [
    /\/(?:interprete|rouvrir|fermer)$/, /\/reprendre$/, /\/retirer$/, /\/pieces(?:\/vocal|\/enlever)?$/,
  ]; // prettier-ignore
  const typedForms = ROUTE_TABLE.filter(
    ([method, path, access]) =>
      method === 'POST' &&
      (access === 'anybody' || access === 'code') &&
      !OTHER_DOORS.test(path) &&
      !NOTHING_TYPED.some((known) => known.test(path)),
  ).map(([, path]) => path);
  const found = new Set<string>();

  /** Fills every field of a page, reads it in Arabic and in French again with its buttons, and finds all of it each time. */
  async function keepsAll(visitor: Visitor, page: string, opened: Response) {
    let html = await opened.text();
    isIn(html, 'fr');
    const { forms, fields } = typedPage(html);
    const typed = fields
      .filter(({ kind, name }) => kind !== 'hidden' && name !== TRAP)
      .map((field) => ({
        ...field,
        values: field.kind === 'text' ? [`Saisi dans ${field.name}`] : field.offers.slice(-1),
      }));
    if (typed.length === 0) return;
    const actions = forms.filter(({ id }) => typed.some(({ form }) => form === id)).map(({ action }) => action);
    const others = [...html.matchAll(/\sformaction="([^"]+)"/g)].map(([, action = '']) => action);
    for (const action of [...actions, ...others]) found.add(action);
    let values: readonly PageField[] = [
      ...fields.filter((field) => !typed.some(({ name }) => name === field.name)),
      ...typed,
    ];
    for (const language of ['ar', 'fr'] as const) {
      const { forms: asked, switches } = typedPage(html);
      const form = asked.find(({ id }) => switches.some((known) => known.language === language && known.form === id));
      const sent = values
        .filter(({ form: of }) => of === form?.id)
        .flatMap((field) => field.values.map((value): [string, string] => [field.name, value]));
      const answer = await visitor.post(
        form?.action ?? '/no-switch',
        new URLSearchParams([...sent, ['langue', language]]),
      );
      html = await answer.text();
      expect([page, answer.status]).toEqual([page, 200]);
      isIn(html, language);
      expect(html).not.toContain('field-error');
      values = typedPage(html).fields;
      const stands = (name: string) =>
        values.filter((known) => known.name === name).map((known) => String(known.values));
      const lost = typed.filter((field) => !stands(field.name).includes(String(field.values)));
      expect([page, language, lost.map(({ name }) => name)]).toEqual([page, language, []]);
    }
  }

  test('each field of each page, in another language and back', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const anybody = new Visitor(app);
    const [requester, party] = [await requesterVisitor(app, town, caseId), await partyVisitor(app, town, carried)];
    const first = new Carried(town);
    const firstId = await first.toFirstContact();
    await askForAgreement(first.web, first.mediator(), { caseId: firstId, partyId: await first.partyId('requester') });
    const asked = await requesterVisitor(app, town, firstId);
    const draft = formOf(town, app).draftOf();
    const pages: [Visitor, string, (() => Promise<Response>)?][] = [
      ...SCREEN_ORDER.map((screen): [Visitor, string, () => Promise<Response>] => [anybody, `/demande ${screen}`, () => anybody.post('/demande', { draft, screen, langue: 'fr' })]),
      ...['/rappel', '/suivi', '/suivi/code-perdu', '/suivi/code-court'].map((path): [Visitor, string] => [anybody, path]),
      [asked, '/suivi/accord'],
      ...['demande', 'danger', 'joindre', 'arreter', 'courriel', 'remplacer', 'droits', 'pieces'].map((path): [Visitor, string] => [requester, `/suivi/${path}`]),
      ...['', '/danger', '/joindre', '/arreter', '/courriel', '/remplacer', '/pieces'].map((path): [Visitor, string] => [party, `/suivi/participation${path}`]),
    ]; // prettier-ignore
    for (const [visitor, page, open] of pages) {
      await reads(visitor, 'fr');
      await keepsAll(visitor, page, await (open?.() ?? visitor.get(page)));
    }
    // Last, since nothing else can be asked any more.
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), caseId);
    await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
    await carried.news('m1');
    await beginEvaluation(carried.web, carried.mediator(), caseId);
    await new TownClock(town).forward(3);
    await takeDueSteps(town, caseId);
    await reads(party, 'fr');
    await keepsAll(party, '/suivi/avis', await party.get('/suivi/avis'));
    expect(typedForms.filter((path) => !found.has(path))).toEqual([]);
  });
});

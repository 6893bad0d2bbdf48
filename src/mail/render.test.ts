import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { caseNumber, ownUrl, sayer, shortCodeWord, townWords } from '../../emails/components/mail-words.ts';
import { translator } from '../i18n/catalogue.ts';
import { typographyFaults } from '../i18n/french-typography.ts';
import { locales } from '../i18n/languages.ts';
import { type MailContent, type MailFacts, renderMail } from './render.ts';
import {
  DAY_ITEMS,
  PARTNER_ITEMS,
  type PartnerItem,
  REQUESTER_TEMPLATES,
  STAFF_NOW_TEMPLATES,
  TOWN_ITEMS,
} from './templates.ts';

const ORIGIN = 'https://mediation.example';
const number = caseNumber('MS-2026-00123');
const caseId = '0b7cbe2c-7f0a-4c0e-9d5b-0d3c2f0a1b2c';
const TOWN = {
  name: 'Val-Rivière',
  phone: '01 99 00 12 34',
  email: 'mediation@val-riviere.example',
  address: '4 place du Lavoir, 09900 Val-Rivière',
  openingHours: 'du lundi au vendredi, 9 h – 12 h 30',
  isDemo: true,
};
const base = { t: translator('fr'), town: townWords(TOWN), origin: ORIGIN, today: '2026-11-30' };
const receivedAt = new Date('2026-11-23T09:12:00Z');

const partnerLine = (item: PartnerItem) => ({ number, item, dueDay: '2026-12-01', pointer: caseId });
const CONTENTS: MailContent[] = [
  ...[false, true].flatMap((toParty) =>
    REQUESTER_TEMPLATES.map((template) => ({ template, number, toParty, receivedAt, dueDay: '2026-12-01' })),
  ),
  {
    template: 'partner_day',
    lines: [partnerLine('partner_request'), ...PARTNER_ITEMS.slice(1).map(partnerLine)],
  },
  { template: 'danger_alert', number, caseId, dueAt: new Date('2026-11-23T10:12:00Z') },
  { template: 'danger_waiting', number, caseId, dueAt: new Date('2026-11-23T10:12:00Z') },
  { template: 'safety_alert', number, caseId, dueAt: new Date('2026-11-23T10:12:00Z') },
  { template: 'assignment', number, caseId, dueDay: '2026-12-01' },
  { template: 'invitation' },
  { template: 'day', lines: DAY_ITEMS.map((item) => ({ number, item, dueDay: '2026-12-01' })), ofTown: TOWN_ITEMS },
];
const ALL: [string, MailFacts][] = CONTENTS.map((content) => [content.template, { ...base, ...content }]);

/** A row of the case as it stands in the database, read in clear: nothing of it may reach a mail. */
const CANARIES = {
  first_name: 'Zcanari-Prenom',
  phone: '06 00 11 22 33',
  email: 'zcanari@courriel.example',
  postal_address: '12 rue du Zcanari',
  trusted_person: 'Zcanari-Confiance',
  contact_hours: 'Zcanari-Heures',
  story: 'Zcanari https://evil.example/login',
  place_text: 'Zcanari-Lieu, escalier B',
  quarter: 'PEU',
  placeName: 'Hall du Zcanari',
  categories: ['BRUIT'],
  category: 'BRUIT',
  need: 'person',
  lead: 'Zcanari-Mediateur',
  code: 'ZCAN-ARI0-ZCAN-ARI1',
};

const prose = (html: string) =>
  html
    .replace(/<(style|title)[\s\S]*?<\/\1>/gu, ' ')
    .replace(/<!--[\s\S]*?-->|<[^>]+>/gu, '')
    .replace(/\s+/gu, ' ');

test('every template of the ledger is rendered here', () => {
  const ledger = [...REQUESTER_TEMPLATES, ...STAFF_NOW_TEMPLATES, 'day', 'partner_day'];
  expect([...new Set(ALL.map(([template]) => template))].toSorted()).toEqual(ledger.toSorted());
});

test('R77, GDPR art. 14: every mail to the other party says where it reads what we hold about it; none to the requester', async () => {
  for (const template of REQUESTER_TEMPLATES) {
    const content = { ...base, template, number, receivedAt, dueDay: '2026-12-01' };
    const address = `${ORIGIN}/suivi/participation/vos-informations`;
    expect((await renderMail({ ...content, toParty: true })).text).toContain(address);
    expect((await renderMail({ ...content, toParty: false })).text).not.toContain('vos-informations');
  }
});

test('R93: the acknowledgement has every mention: number, day and hour, service, address, phone, e-mail, day it is read by', async () => {
  const { text } = await renderMail({
    ...base,
    template: 'acknowledgement',
    number,
    toParty: false,
    receivedAt,
    dueDay: '2026-11-25',
  });
  for (const words of [
    'MS-2026-00123',
    '23 novembre 2026 à 10 h 12',
    'Service Médiation',
    TOWN.address,
    TOWN.phone,
    TOWN.email,
    'au plus tard le mercredi 25 novembre',
  ])
    expect(text.replaceAll('\u00a0', ' ')).toContain(words);
  expect(text).toContain('Ce message ne contient pas le code.');
});

describe.each(ALL)('%s', (_template, facts) => {
  test('§4.13 invariant 4, T-31: no name, address, story, place, category or code, whatever the row handed in holds', async () => {
    const mail = await renderMail(Object.assign({ ...CANARIES }, facts));
    const written = Object.values(mail).join('\n');
    for (const value of Object.values(CANARIES)
      .flat()
      .filter((value) => value !== 'person')) {
      expect(written).not.toContain(value);
    }
    expect(written).not.toMatch(/canari/i);
  });

  test('T-24: every address is of the configured origin, and stands written out', async () => {
    const { html, text } = await renderMail(facts);
    const addresses = `${html}\n${text}`.match(/[a-z]+:\/\/[^\s"<)]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(2);
    expect(addresses.filter((address) => !address.startsWith(`${ORIGIN}/`))).toEqual([]);
    expect(text).toContain('Ou recopiez cette adresse\u00a0: https://mediation.example/');
  });

  test('is valid HTML, in French, with nothing to load', async () => {
    const { html } = await renderMail(facts);
    // react-email lays columns out with presentational tables, which old mail readers need.
    const judge = new HtmlValidate({ extends: ['html-validate:standard'], rules: { 'no-deprecated-attr': 'off' } });
    const report = await judge.validateString(html);
    expect(report.results.flatMap((result) => result.messages.map((message) => message.message))).toEqual([]);
    expect(html).toMatch(/^<!doctype html><html dir="ltr" lang="fr">/);
    expect(html).not.toMatch(/<(img|link|script|iframe|input|form)\b|url\(|src=/);
    expect(html.match(/class="button"/g)).toHaveLength(1);
  });

  test('its text part says what the HTML says', async () => {
    const { html, text } = await renderMail(facts);
    const spoken = prose(html).replaceAll(/\s/gu, '');
    for (const line of text.split('\n').map((line) => line.replace(/^ \* /, '').replace(/ https:\S+$/, ''))) {
      expect(spoken).toContain(line.replaceAll(/\s/gu, ''));
    }
    expect(text.replaceAll(/\s/gu, '').length).toBeGreaterThan(spoken.length * 0.95);
  });

  test('says who writes, where to call, that opening records nothing, and that the town is invented', async () => {
    const { text } = await renderMail(facts);
    for (const words of [
      'Médiation, Ville de Val-Rivière',
      '01\u00a099\u00a000\u00a012\u00a034',
      'Ouvrir le lien n’enregistre rien.',
      'FICTIF',
    ])
      expect(text).toContain(words);
    const real = await renderMail({ ...facts, town: townWords({ ...TOWN, isDemo: false }) });
    expect(Object.values(real).join(' ')).not.toContain('FICTIF');
  });

  test('is well set French', async () => {
    const { subject, text } = await renderMail(facts);
    expect([subject, ...text.split('\n')].flatMap(typographyFaults)).toEqual([]);
  });
});

describe('subjects', () => {
  const subjectOf = async (content: MailContent) => (await renderMail({ ...base, ...content })).subject;

  test.each(REQUESTER_TEMPLATES)('T-04: a resident’s subject is always the same (%s)', async (template) => {
    const mail = { template, number, receivedAt, dueDay: undefined };
    expect(await subjectOf({ ...mail, toParty: false })).toBe('Votre demande n°\u00a0MS-2026-00123');
    expect(await subjectOf({ ...mail, toParty: true })).toBe('Médiation n°\u00a0MS-2026-00123');
  });

  test('to staff: the kind, the number or the count of requests, the day', async () => {
    const line = (text: string) => ({ number: caseNumber(text), item: 'triage_due' as const, dueDay: '2026-11-30' });
    const three = [line('MS-2026-00001'), line('MS-2026-00002'), line('MS-2026-00003'), line('MS-2026-00003')];
    expect(await subjectOf({ template: 'day', lines: three, ofTown: TOWN_ITEMS })).toBe(
      '3\u00a0demandes vous attendent – lundi 30 novembre',
    );
    expect(await subjectOf({ template: 'day', lines: [line('MS-2026-00001')], ofTown: [] })).toBe(
      'Une demande vous attend – lundi 30 novembre',
    );
    expect(await subjectOf({ template: 'assignment', number, caseId, dueDay: undefined })).toBe(
      'Demande MS-2026-00123 – une affectation vous attend',
    );
  });

  test('the button repeats the number', async () => {
    const { text } = await renderMail({
      ...base,
      template: 'closed',
      number,
      toParty: false,
      receivedAt,
      dueDay: undefined,
    });
    expect(text).toContain('Suivre la demande MS-2026-00123 https://mediation.example/suivi');
  });
});

describe('T-31, B-84: what somebody typed has no way in', () => {
  test('it does not compile, and is refused when it comes all the same', () => {
    const typed: string = 'Rosa https://evil.example';
    // @ts-expect-error a typed text is not the number of a request
    const content: MailContent = { template: 'closed', number: typed, receivedAt, dueDay: undefined };
    expect(content.template).toBe('closed');
    // @ts-expect-error a typed text is not a value the catalogue takes
    sayer(translator('fr'))('mail.closed.news', { name: typed });
    expect(() => caseNumber(typed)).toThrow(RangeError);
    expect(() => sayer(translator('fr')).day(typed)).toThrow(RangeError);
  });

  test.each(['javascript:alert(1)', '//evil.example', '/suivi?code=ABCD', '/suivi\r\nBcc: x', '/equipe/demandes/../x'])(
    'a page %j is none mails lead to',
    (path) => {
      expect(() => ownUrl(ORIGIN, path)).toThrow(RangeError);
    },
  );

  test('an origin that is no web address is refused', () => {
    expect(() => ownUrl('javascript:alert(1)', '/suivi')).toThrow();
  });

  test.each(['https://evil.example/login', 'mailto:x@evil.example', 'data:text/html,x'])(
    'a mail in which %s would stand is not made',
    async (address) => {
      const town = townWords({ ...TOWN, address });
      await expect(renderMail({ ...base, town, template: 'invitation' })).rejects.toThrow('own pages only');
    },
  );
});

const squeezed = (words: string) => words.replaceAll(/\s+/gu, ' ');

describe('R101: a mail in a language that nobody has checked', () => {
  test.each(locales)('%s: every mail to a resident says so, and that French counts; in French nothing is said', async (locale) => {
    const say = translator(locale);
    for (const template of [...REQUESTER_TEMPLATES, 'short_code'] as const) {
      const own = template === 'short_code' ? { template, code: shortCodeWord('7K2M-9QXD') } : { template, toParty: true, receivedAt, dueDay: '2026-12-01' };
      const { html, text } = await renderMail({ ...base, ...own, number, t: say });
      const words = squeezed(say('mail.frame.translation'));
      const said = [squeezed(prose(html)).includes(words), squeezed(text).includes(words)];
      expect([template, said]).toEqual([template, [!say.checked, !say.checked]]);
    }
  }); // prettier-ignore
});

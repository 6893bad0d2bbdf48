import { readdirSync, readFileSync } from 'node:fs';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { TYPE, parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { type Locale, translator } from './catalogue.ts';
import { typographyFaults } from './french-typography.ts';
import { catalogues, locales } from './languages.ts';
import { frenchRooms, publicRooms } from './rooms.ts';
import { wholeHours } from './whole-hours.ts';

const read = (text: string) => parse(text, { ignoreTag: true });

/** The literal texts and the arguments of a message, branches of plurals included. */
function inspect(elements: readonly MessageFormatElement[]): { literals: string[]; args: string[]; dated: boolean } {
  const found = { literals: new Array<string>(), args: new Array<string>(), dated: false };
  for (const element of elements) {
    if (element.type === TYPE.literal) found.literals.push(element.value);
    else if (element.type !== TYPE.pound && element.type !== TYPE.tag) found.args.push(element.value);
    if (element.type === TYPE.date || element.type === TYPE.time) found.dated = true;
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const option of Object.values(element.options)) {
        const inner = inspect(option.value);
        found.literals.push(...inner.literals);
        found.args.push(...inner.args);
        found.dated ||= inner.dated;
      }
    }
  }
  return { ...found, args: [...new Set(found.args)].toSorted() };
}

const frenchMessages = Object.entries(catalogues.fr);

/** All that may say a text: what runs, tests left out. */
function codeThatSpeaks(): string {
  return ['src', 'emails', 'workflows']
    .flatMap((folder) => {
      const root = new URL(`../../${folder}/`, import.meta.url);
      const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
      return names
        .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
        .map((name) => readFileSync(new URL(name, root), 'utf8'));
    })
    .join('\n');
}

const HOLE = /\$\{[^{}`]*\}/g;

/**
 * Whether a key stands in the code: as it is, or as a template whose holes are filled with words that stand there themselves. A hole may be
 * filled by such a template too (`request.error.${error}`, where an error is `${field}_missing`).
 */
function keysIn(code: string): (key: string) => boolean {
  const words = new Set(
    [...code.matchAll(/['"`]([\w.-]+)['"`]|\b(\d+)\b/g)].map(([, quoted, number]) => quoted ?? number),
  );
  const templates = [...code.matchAll(/`((?:[\w.-]|\$\{[^{}`]*\})+)`/g)]
    .map(([, template = '']) => template.split(HOLE))
    .filter((parts) => parts.length > 1 && /[._]/.test(parts.join('')))
    .map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('(.+)')}$`));
  const filled = (text: string, stands: (part: string) => boolean) =>
    templates.some((template) => template.exec(text)?.slice(1).every(stands));
  const stands = (text: string) => words.has(text);
  const standsOrIsFilled = (text: string) => stands(text) || filled(text, stands);
  return (key) => stands(key) || filled(key, standsOrIsFilled);
}

describe('the French catalogues', () => {
  it('lists every room file that exists', () => {
    const files = readdirSync(new URL('./locales/fr/', import.meta.url)).map((name) => name.replace('.json', ''));
    expect(Object.keys(frenchRooms).toSorted()).toEqual(files.toSorted());
  });

  it('keeps each key in the room it is named after', () => {
    const strays = Object.entries(frenchRooms).flatMap(([room, texts]) =>
      Object.keys(texts).filter((key) => !key.startsWith(`${room}.`)),
    );
    expect(strays).toEqual([]);
  });

  it('is well set', () => {
    const faults = frenchMessages.flatMap(([key, text]) => {
      const raw = text.includes("'") ? ['straight apostrophe: ICU reads it as an escape, write ’'] : [];
      const whole = inspect(read(text)).literals.flatMap((literal) => typographyFaults(literal));
      return [...raw, ...whole].map((fault) => `${key}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  it('has no text that nothing says', () => {
    const isSaid = keysIn(codeThatSpeaks());
    expect(frenchMessages.map(([key]) => key).filter((key) => !isSaid(key))).toEqual([]);
  });

  it('takes dates as words, because only the translator knows the time zone and « 1er »', () => {
    expect(frenchMessages.filter(([, text]) => inspect(read(text)).dated).map(([key]) => key)).toEqual([]);
  });
});

const french: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(publicRooms));

describe.each(locales.filter((locale) => locale !== 'fr'))('the %s catalogue', (locale) => {
  it('§4.8: has every text that residents read, with the arguments of the French one', () => {
    const shape = (texts: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, inspect(read(text)).args]));
    expect(shape(catalogues[locale])).toEqual(shape(french));
  });
});

const YOUR_REQUEST: Record<Locale, RegExp> = {
  fr: /votre demande/iu,
  'fr-simple': /votre demande/iu,
  en: /your request/iu,
  ar: /طلبكم/u,
  tr: /başvurunuz/iu,
  pt: /(?:o|do|no) seu pedido/iu,
};

it.each(locales)('R29: what both sides read about their files names the request of neither (%s)', (locale) => {
  const texts = Object.entries(catalogues[locale]).filter(([key]) => key.startsWith('attachments.'));
  expect(texts.length).toBeGreaterThan(40);
  expect(texts.filter(([, text]) => YOUR_REQUEST[locale].test(text))).toEqual([]);
});

describe('the translator', () => {
  const t = translator('fr', { timeZone: 'Europe/Paris' });

  it('fills and counts', () => {
    expect(t('ui.errors.summary', { count: 1 })).toBe('Il manque une réponse');
    expect(t('ui.errors.summary', { count: 3 })).toBe('Il manque 3\u00a0réponses');
  });

  it('throws when a value is missing, rather than showing a hole', () => {
    expect(() => t('ui.town')).toThrow();
  });

  it('says the first of a month as « 1er »', () => {
    expect(t.longDate('2026-12-01')).toBe('mardi 1er décembre');
    expect(t.longDateYear('2026-12-01')).toBe('mardi 1er décembre 2026');
    expect(t.shortDate('2026-12-01')).toBe('mar. 1er déc.');
  });

  it('says hours with no-break spaces, without empty minutes', () => {
    expect(t.hour('2026-11-23T08:30:00Z')).toBe('9\u00a0h\u00a030');
    expect(t.hour('2026-11-23T08:00:00Z')).toBe('9\u00a0h');
    expect(t.dateTime('2026-11-23T09:12:00Z')).toBe('23 novembre 2026 à 10\u00a0h\u00a012');
    expect(t.shortDateTime('2026-12-03T08:00:00Z')).toBe('jeu. 3 déc., 9\u00a0h');
    expect(t.hour('2026-11-22T23:05:00Z')).toBe('0\u00a0h\u00a005');
  });

  it('says instants in the zone of the town, plain days in none', () => {
    expect(t.longDate(new Date('2026-12-24T23:30:00Z'))).toBe('vendredi 25 décembre');
    const overseas = translator('fr', { timeZone: 'America/Martinique' });
    expect(overseas.longDate(new Date('2026-12-24T23:30:00Z'))).toBe('jeudi 24 décembre');
    expect(overseas.longDate('2026-12-25')).toBe('vendredi 25 décembre');
  });
});

describe('numbers, days, hours and counted things', () => {
  const said = (locale: Locale) => {
    const t = translator(locale, { timeZone: 'Europe/Paris' });
    const [half, early] = ['2026-11-23T12:30:00Z', '2026-11-23T08:05:00Z'];
    return [
      t.longDate('2026-12-01'), t.longDateYear('2026-12-01'), t.date('2026-12-01'), t.shortDate('2026-12-01'),
      t.hour(half), t.hour(early), t.dateTime(half), t.shortDateTime(half), t('ui.limit', { count: 1500 }),
    ]; // prettier-ignore
  };

  it.each([
    ['fr', ['mardi 1er décembre', 'mardi 1er décembre 2026', '1er décembre 2026', 'mar. 1er déc.', '13_h_30', '9_h_05', '23 novembre 2026 à 13_h_30', 'lun. 23 nov., 13_h_30', '1 500 caractères au plus.']],
    ['fr-simple', ['mardi 1er décembre', 'mardi 1er décembre 2026', '1er décembre 2026', 'mar. 1er déc.', '13_h_30', '9_h_05', '23 novembre 2026 à 13_h_30', 'lun. 23 nov., 13_h_30', '1 500 caractères au plus.']],
    ['en', ['Tuesday 1 December', 'Tuesday, 1 December 2026', '1 December 2026', 'Tue 1 Dec', '13:30', '09:05', '23 November 2026 at 13:30', 'Mon 23 Nov, 13:30', '1,500 characters at most.']],
    // Digits as people in France read them, not those of the East.
    ['ar', ['الثلاثاء، 1 ديسمبر', 'الثلاثاء، 1 ديسمبر 2026', '1 ديسمبر 2026', 'الثلاثاء، 1 ديسمبر', '13:30', '09:05', '23 نوفمبر 2026 في 13:30', 'الاثنين، 23 نوفمبر، 13:30', '1,500_حرف على الأكثر.']],
    ['tr', ['1 Aralık Salı', '1 Aralık 2026 Salı', '1 Aralık 2026', '1 Ara Sal', '13:30', '09:05', '23 Kasım 2026 13:30', '23 Kas Pzt 13:30', 'En fazla 1.500 karakter.']],
    ['pt', ['terça-feira, 1 de dezembro', 'terça-feira, 1 de dezembro de 2026', '1 de dezembro de 2026', 'terça, 1/12', '13:30', '09:05', '23 de novembro de 2026 às 13:30', 'segunda, 23/11, 13:30', '1500 caracteres no máximo.']],
  ] as const)('§4.8: in %s as people write them, digits included', (locale, words) => {
    expect(said(locale).map((text) => text.replaceAll('\u00a0', '_').replaceAll('\u202f', ' '))).toEqual(words);
  }); // prettier-ignore

  it('§4.8: a month, two months, three to ten, eleven and more, hundreds: the six forms of Arabic', () => {
    const ar = translator('ar');
    const around = (text: string) => /لمدة (.*) على الأكثر/u.exec(text)?.[1]?.replace('\u00a0', ' ');
    expect([0, 1, 2, 3, 11, 100].map((count) => around(ar('legal.privacy.short4', { months: count })))).toEqual([
      '0 شهر', 'شهر واحد', 'شهرين', '3 أشهر', '11 شهراً', '100 شهر',
    ]); // prettier-ignore
    expect([1, 2, 3, 11].map((count) => ar('ui.errors.summary', { count }).replace('\u00a0', ' '))).toEqual([
      'تنقص إجابة واحدة', 'تنقص إجابتان', 'تنقص 3 إجابات', 'تنقص 11 إجابة',
    ]); // prettier-ignore
  });

  it.each([
    ['fr', 'Il manque une réponse', 'Il manque 3 réponses'],
    ['en', 'One answer is missing', '3 answers are missing'],
    ['tr', 'Bir yanıt eksik', '3 yanıt eksik'],
    ['pt', 'Falta uma resposta', 'Faltam 3 respostas'],
  ] as const)('§4.8: one and several in %s', (locale, one, several) => {
    const t = translator(locale);
    const spaced = (count: number) => t('ui.errors.summary', { count }).replaceAll(/[\u00a0\u202f]/gu, ' ');
    expect([spaced(1), spaced(3)]).toEqual([one, several]);
  });

  it.each([
    [
      'du lundi au vendredi, 9 h – 12 h 30 et 13 h 30 – 17 h 30',
      'du lundi au vendredi, 9_h_–|_12_h_30 et 13_h_30_–|_17_h_30',
    ],
    ['Monday to Friday, 9:00 – 12:30 and 13:30 – 17:30', 'Monday to Friday, 9:00_–|_12:30 and 13:30_–|_17:30'],
  ])('a span of hours stays on its line: %s', (written, whole) => {
    expect(wholeHours(written).replaceAll('\u00a0', '_').replaceAll('\u2060', '|')).toBe(whole);
  });
});

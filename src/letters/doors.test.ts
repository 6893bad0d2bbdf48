import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { VAL_RIVIERE } from '../../tests/support/town-view.ts';
import { type Translate, translator } from '../i18n/catalogue.ts';
import { qrSvg } from '../ui/qr.ts';
import { renderForm } from '../pdf/render-pdf.ts';
import { paperForm } from './paper-form.ts';
import { poster } from './poster.ts';
import { receiptSlip, type Slip, slipWords } from './receipt-slip.ts';

const t = translator('fr');
const town = {
  ...VAL_RIVIERE,
  phone: '01 99 00 12 34',
  phoneHref: 'tel:0199001234',
  openingHours: 'du lundi au vendredi, 9 h – 12 h 30',
  deskHours: 'le mardi, 14 h – 18 h',
  legalBasis: 'mission d’intérêt public',
};
const at = new Date('2026-11-23T09:12:00Z');
const A4 = [595, 842];
const A3 = [842, 1191];
const A5 = [420, 595];

async function read(paper: Buffer) {
  const pdf = await getDocumentProxy(new Uint8Array(paper));
  const { text } = await extractText(pdf);
  const { info } = await pdf.getMetadata();
  const { view } = await pdf.getPage(1);
  return {
    pages: text.map((page) => page.replaceAll(/\s+/gu, ' ')),
    whole: text.join(' ').replaceAll(/\s+/gu, ' '),
    size: view.slice(2).map((length) => Math.round(Number(length))),
    info,
    marked: await pdf.getMarkInfo(),
  };
}

describe('the receipt as a slip to keep', () => {
  const slip: Slip = {
    number: 'MS-2026-00123',
    code: '7K2M9QXD4R8TZ0B1C3F5GH6JN',
    receivedAt: at,
    readBefore: '2026-11-25',
    followAddress: 'https://mediation.val-riviere.example/suivi',
  };

  test('R93: one A5 sheet, tagged, with every mention: date and hour, service, address, phone, e-mail, number, code, read before', async () => {
    const { whole, pages, size, info, marked } = await read(receiptSlip(t, town, slip));
    expect({ pages: pages.length, size }).toEqual({ pages: 1, size: A5 });
    expect(info).toMatchObject({ Title: 'Reçu de votre demande', Language: 'fr' });
    expect(marked).toMatchObject({ Marked: true });
    for (const words of [
      '23 novembre 2026 à 10 h 12',
      'Service Médiation de Val-Rivière',
      '4 place du Lavoir, 09900 Val-Rivière',
      '01 99 00 12 34',
      'mediation@val-riviere.example',
      'MS-2026-00123',
      '7K2M9-QXD4R-8TZ0B-1C3F5-GH6JN',
      'mercredi 25 novembre 2026',
      'mediation.val-riviere.example/suivi',
      'Ne montrez pas ce code',
      'FICTIF',
    ])
      expect(whole).toContain(words);
  });

  test('design §8: its drawing for cameras holds the address of the follow page, whatever the code', () => {
    const drawing = qrSvg('https://mediation.val-riviere.example/suivi');
    for (const code of [slip.code, 'ZZZZZZZZZZZZZZZZZZZZZZZZZ', undefined])
      expect(slipWords(t, town, { ...slip, code }).follow.qr.svg).toBe(drawing);
  });

  test('without its code, which was replaced, says the number and how to get another', async () => {
    const { whole } = await read(receiptSlip(t, town, { ...slip, code: undefined }));
    expect(whole).toContain('Demandez-en un autre sur cette page');
    expect(whole).not.toMatch(/7K2M9|Votre code secret|Ne montrez pas/);
  });
});

describe('the poster of a place', () => {
  const place = { name: 'Hall du 12 allée des Peupliers', code: 'K7QX3M' };
  const origin = 'https://mediation.val-riviere.example';

  test.each([
    ['a4', A4],
    ['a3', A3],
  ] as const)(
    'R28, R35, R104: %s, one page, tagged, what it is, free, phone, without a phone or a computer',
    async (size, is) => {
      const sheet = await read(poster(t, town, { place, size, origin, at }));
      expect({ pages: sheet.pages.length, size: sheet.size }).toEqual({ pages: 1, size: is });
      expect(sheet.info).toMatchObject({ Title: t('letters.poster.title'), Language: 'fr' });
      expect(sheet.marked).toMatchObject({ Marked: true });
      for (const words of [
        'Un médiateur peut vous aider.',
        'C’est gratuit.',
        'Vous êtes libre de dire oui ou non.',
        'demande?lieu=K7QX3M',
        '01 99 00 12 34',
        'du lundi au vendredi, 9 h – 12 h 30',
        'Sans téléphone ni ordinateur',
        '4 place du Lavoir, 09900 Val-',
        'Appelez le 17 ou le 112',
        'Affiche pour : Hall du 12 allée des Peupliers (K7QX3M)',
        'FICTIF',
      ])
        expect(sheet.whole).toContain(words);
      expect(sheet.whole).not.toMatch(/suivi|urgence|tout de suite/);
    },
  );

  test('R104: a real town says nothing of being invented; a long name of a place stays on the page', async () => {
    const long = { ...place, name: 'Cour et allées du groupe d’immeubles des Peupliers, '.repeat(6) };
    const { whole, pages } = await read(poster(t, { ...town, isDemo: false }, { place: long, size: 'a4', origin, at }));
    expect(pages).toHaveLength(1);
    expect(whole).not.toMatch(/FICTIF|inventée/);
  });
});

describe('the form on paper', () => {
  const part = {
    heading: 'Ce qui se passe',
    paragraphs: ['Qui lit votre demande ?'],
    questions: [
      { label: 'Cela concerne quoi ?', optional: false, kind: 'some', choices: [{ heading: 'Chez moi', options: ['Bruit', 'Odeurs'].map((label) => ({ value: label, label })) }] },
      { label: 'Racontez', hint: 'Sans nom.', optional: true, kind: 'words', lines: 9 },
      { label: 'J’accepte qu’un médiateur me contacte.', optional: false, kind: 'tick' },
    ],
  } as const; // prettier-ignore

  test('R28, §4.11: A4, tagged, danger before everything, its questions with their choices, where to give it', async () => {
    const { whole, size, marked, info } = await read(renderForm(paperForm(t, town, [part]), at));
    expect(size).toEqual(A4);
    expect(marked).toMatchObject({ Marked: true });
    expect(info).toMatchObject({ Title: 'Demander une médiation', Language: 'fr' });
    const said = [
      'FICTIF',
      'En danger maintenant ?',
      'appelez le 17 ou le 112',
      'Ce qui se passe',
      'Qui lit votre demande ?',
      'Cela concerne quoi ?',
      'Chez moi',
      'Odeurs',
      'Racontez (si vous voulez)',
      'Sans nom.',
      'J’accepte qu’un médiateur me contacte.',
      'Déposez ce papier dans la boîte du service, ou donnez-le à la permanence : 4 place du Lavoir',
      'Nous vous donnons un numéro et un code secret',
    ];
    expect(
      said.filter((words) => whole.includes(words)).toSorted((a, b) => whole.indexOf(a) - whole.indexOf(b)),
    ).toEqual(said);
  });

  test('in Arabic is read from right to left', async () => {
    const arabic: Translate = Object.assign((...of: Parameters<Translate>) => t(...of), t, { tag: 'ar', direction: 'rtl' } as const); // prettier-ignore
    const question = { label: 'ما الذي يحدث؟', optional: false, kind: 'one', choices: [{ options: ['ضوضاء', 'روائح'].map((label) => ({ value: label, label })) }] } as const; // prettier-ignore
    const paper = renderForm(paperForm(arabic, town, [{ ...part, questions: [question] }]), at);
    const { info, whole } = await read(paper);
    expect(info).toMatchObject({ Language: 'ar' });
    expect(whole).not.toContain('???');
    const page = await (await getDocumentProxy(new Uint8Array(paper))).getPage(1);
    const { items } = await page.getTextContent();
    // pdf.js gives Arabic words as runs of glyphs, in the order of the eye; they begin in the right half of the sheet.
    const arabicWords = items.flatMap((item) =>
      'str' in item && item.dir === 'rtl' ? [Number(item.transform[4])] : [],
    );
    expect(arabicWords.length).toBeGreaterThan(3);
    expect(Math.min(...arabicWords)).toBeGreaterThan(200);
  });
});

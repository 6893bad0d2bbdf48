import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { LetterWords } from './paper-words.ts';
import { renderLetter } from './render-pdf.ts';

const MADE_AT = new Date('2027-01-11T09:00:00Z');
const FRENCH: LetterWords = {
  title: 'Une invitation à la médiation',
  lang: 'fr',
  dir: 'ltr',
  sender: 'Service Médiation, Ville de Val-Rivière – FICTIF',
  senderLines: ['4 place du Lavoir, 09900 Val-Rivière', '01 99 00 12 34'],
  fictional: null,
  translation: null,
  footer: ['Service Médiation'],
  page: 'page',
  recipient: ['Madame Cœur d’Été', '12 allée des Peupliers'],
  placeAndDay: 'Val-Rivière, le 11 janvier 2027',
  parts: [
    { heading: null, paragraphs: ['Bonjour,', 'Une personne souhaite parler avec vous.'], points: [] },
    { heading: 'Vous êtes libre', paragraphs: [], points: ['C’est gratuit.', 'Vous pouvez dire non.'] },
  ],
  answer: null,
  signature: ['Awa Diarrassy', 'médiatrice'],
  notice: null,
};
const ARABIC: LetterWords = {
  ...FRENCH,
  title: 'دعوة إلى الوساطة',
  lang: 'ar',
  dir: 'rtl',
  parts: [{ heading: null, paragraphs: ['اتصلوا بالرقم 01 99 00 12 34 من فضلكم.'], points: ['الوساطة مجانية.'] }],
};

type Tree = { role?: string; children?: Tree[]; type?: string };
const rolesOf = (tree: Tree): string[] => [
  ...(tree.role ? [tree.role] : []),
  ...(tree.children ?? []).flatMap((child) => rolesOf(child)),
];
async function read(words: LetterWords) {
  const pdf = await getDocumentProxy(new Uint8Array(renderLetter(words, MADE_AT)));
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent();
  // pdf.js's own type says any.
  const tree = (await page.getStructTree()) as Tree;
  const { info } = await pdf.getMetadata();
  return {
    text: items.map((item) => ('str' in item ? item.str : '')).join(' '),
    places: items.flatMap((item) =>
      'str' in item
        ? [{ str: item.str, dir: item.dir, x: Number(item.transform[4]), y: Number(item.transform[5]) }]
        : [],
    ),
    roles: rolesOf(tree),
    info,
    marked: await pdf.getMarkInfo(),
    pages: pdf.numPages,
  };
}

describe('a letter as PDF', () => {
  test('is tagged, titled and in its language: headings, paragraphs and lists are what they are', async () => {
    const { roles, info, marked, text, pages } = await read(FRENCH);
    expect(pages).toBe(1);
    expect(marked).toMatchObject({ Marked: true });
    expect(info).toMatchObject({ Title: FRENCH.title, Language: 'fr' });
    expect(roles.filter((role) => ['H1', 'H2', 'L', 'LI'].includes(role))).toEqual(['H1', 'H2', 'L', 'LI', 'LI']);
    for (const words of ['Cœur d’Été', 'Vous pouvez dire non.', 'FICTIF']) expect(text).toContain(words);
  });

  test('in Arabic is read from right to left, and a phone number in it from left to right', async () => {
    const { places, info } = await read(ARABIC);
    expect(info).toMatchObject({ Language: 'ar' });
    // pdf.js gives Arabic words as runs of glyphs, in the order of the eye.
    const arabic = places.filter(({ dir }) => dir === 'rtl').map(({ str }) => str);
    expect(arabic.join('')).toContain('الوساطة');
    const word = places.find(({ str }) => str.includes('صلوا'));
    const digits = places.filter(({ str, y }) => y === word?.y && /\d/.test(str));
    const asSeen = digits.toSorted((a, b) => a.x - b.x).map(({ str }) => str.replaceAll(/\D/g, ''));
    expect(asSeen.join('')).toBe('0199001234');
    expect(word?.x).toBeGreaterThan(Math.max(...digits.map(({ x }) => x)));
  });

  test('what is typed into it is text: nothing of it is read as markup or as a file', async () => {
    const typed = '#panic("x") *gras* _i_ $x$ @ref <a> #read("/etc/passwd") \\ `code` [b] = t';
    const { text } = await read({ ...FRENCH, parts: [{ heading: typed, paragraphs: [typed], points: [typed] }] });
    expect(text.replaceAll(/\s+/g, ' ').split('#panic("x")').length).toBe(4);
    expect(text).toContain('#read("/etc/passwd")');
  });

  test('a letter that no font has is printed « ? » and stops nothing: emoji, other scripts, broken and control signs', async () => {
    const typed = 'Ana 😀 日本 ქ \ud800 \u0007 e\u0301té œ Š ş ğ « ’ – » fin';
    const { text } = await read({ ...FRENCH, signature: [typed] });
    expect(text).toContain('Ana ? ?? ? ? ? été œ Š ş ğ « ’ – » fin');
  });

  test('a word of 100,000 letters, and a text over many pages, stay inside the page (B-95)', async () => {
    const long = await read({ ...FRENCH, parts: [{ heading: null, paragraphs: ['a'.repeat(100_000)], points: [] }] });
    expect(long.pages).toBeGreaterThan(10);
    const paragraphs = Array.from({ length: 300 }, (_, n) => `Ligne ${n}`);
    expect((await read({ ...FRENCH, parts: [{ heading: null, paragraphs, points: [] }] })).pages).toBeGreaterThan(3);
  });

  test('the same words at the same instant are the same bytes', () => {
    expect(renderLetter(FRENCH, MADE_AT).equals(renderLetter(FRENCH, MADE_AT))).toBe(true);
  });
});

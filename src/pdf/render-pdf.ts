import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { lettersOf } from './font-letters.ts';
import type { AgreementWords, FormWords, LetterWords, PosterSize, PosterWords, SlipWords } from './paper-words.ts';

const require = createRequire(import.meta.url);
const TEMPLATES = fileURLToPath(new URL('.', import.meta.url));
/** Each family, regular then bold. */
const FAMILIES = [
  [
    '@expo-google-fonts/atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
    '@expo-google-fonts/atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf',
  ],
  [
    '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
    '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  ],
];
/** Needs no glyph: joiners, directions, line ends. */
const UNSEEN = /[\n\t\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069]/u;

let press: { compiler: NodeCompiler; letters: Set<number> } | undefined;
/** Opened once a process, on first use. */
function opened() {
  if (press) return press;
  const families = FAMILIES.map((family) => family.map((font) => readFileSync(require.resolve(font))));
  press = {
    compiler: NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs: families.flat() }] }),
    letters: new Set(families.flatMap(lettersOfAll)),
  };
  return press;
}

function lettersOfAll(family: Buffer[]): number[] {
  const [first = new Set<number>(), ...others] = family.map((font) => lettersOf(font));
  return [...first].filter((letter) => others.every((other) => other.has(letter)));
}

/** A letter as PDF/UA-1, with its notice on a page of its own. See `rendered`. */
export function renderLetter(words: LetterWords, madeAt: Date): Buffer {
  return rendered('letter.typ', words, madeAt);
}

/** The agreement that people found together as PDF/UA-1. See `rendered`. */
export function renderAgreement(words: AgreementWords, madeAt: Date): Buffer {
  return rendered('agreement.typ', words, madeAt);
}

/** A receipt on an A5 sheet. See `rendered`. */
export function renderSlip(words: SlipWords, madeAt: Date): Buffer {
  return rendered('slip.typ', words, madeAt);
}

/** A form to fill by hand. See `rendered`. */
export function renderForm(words: FormWords, madeAt: Date): Buffer {
  return rendered('form.typ', words, madeAt);
}

/** A sheet for a wall. See `rendered`. */
export function renderPoster(words: PosterWords, size: PosterSize, madeAt: Date): Buffer {
  return rendered('poster.typ', { ...words, size }, madeAt);
}

/**
 * In memory only: tagged, titled, in its language and direction (docs/decisions/0008-pdf.md). Words are text, never markup; a letter
 * that none of our fonts has is printed « ? ». The same words at the same instant give the same bytes.
 */
function rendered(template: string, words: object, madeAt: Date): Buffer {
  const { compiler, letters } = opened();
  const said = JSON.stringify(words, (_, value: unknown) =>
    typeof value === 'string' ? printable(value, letters) : value,
  );
  const main = { mainFilePath: path.join(TEMPLATES, template), inputs: { said } };
  try {
    return compiler.pdf(main, { pdfStandard: 'ua-1', creationTimestamp: Math.floor(madeAt.getTime() / 1000) });
  } finally {
    // What was read or laid out is kept in memory for the next paper otherwise, names included.
    compiler.evictCache(0);
  }
}

/** Longer than this, a word may be broken anywhere rather than leave the page. */
const LONG_WORD = /[^\s./@-]{40}/gu;

/** PDF/UA refuses a letter without a glyph, and would say which one in the error: a name or an emoji must not stop a paper. */
function printable(words: string, letters: Set<number>): string {
  return Array.from(words.toWellFormed().normalize('NFC'), (letter) =>
    letters.has(letter.codePointAt(0) ?? 0) || UNSEEN.test(letter) ? letter : '?',
  )
    .join('')
    .replaceAll(LONG_WORD, '$&\u200b');
}

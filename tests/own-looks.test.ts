import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { assetTable } from '../src/ui/asset-table.ts';
import { stateMarks } from './support/state-marks.ts';

// R94: towns and associations may not use the State's design system, typeface or marks. Pages as they are served: tests/journeys/every-page.test.ts.

const root = new URL('../', import.meta.url);
const FOLDERS = ['src', 'workflows', 'emails', 'migrations', 'tools', 'docs'];
const ALONE = ['package.json', 'package-lock.json', 'README.md'];
/** Fonts and pictures of the repository; whose they are stands in README.md. */
const NO_TEXT = ['docs/home.png', 'src/ui/fonts/arabic-400.woff2', 'src/ui/fonts/arabic-700.woff2'];
const FACES = ['Atkinson Hyperlegible Next', 'Noto Sans Arabic'];

const FILES = [
  ...ALONE,
  ...FOLDERS.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name).slice(root.pathname.length)),
  ),
];
const isText = (file: string) => /\.(?:tsx?|jsx?|mjs|json|css|svg|md|typ|txt|html|ya?ml|sum|mod|go)$/.test(file);

test.each([
  ['a package', '"@gouvfr/dsfr": "1.14.0"'],
  ['a typeface', "font-family: 'Marianne', arial"],
  ['a class', '<button class="fr-btn fr-btn--secondary">'],
  ['the block mark', '<p>République<br>\nFrançaise</p>'.replace('<br>', '')],
  ['the motto', 'Liberté, Égalité, Fraternité'],
  ['its blue', '--main: #000091;'],
  ['a brand', 'src="https://www.systeme-de-design.gouv.fr/logo.svg"'],
])('R94: %s of the State is seen for what it is', (_what, planted) => {
  expect(stateMarks(planted)).not.toEqual([]);
});

test('R94: no source, style, text, template or dependency carries one', () => {
  const found = FILES.filter(isText).flatMap((file) =>
    stateMarks(`${file}\n${readFileSync(new URL(file, root), 'utf8')}`).map((mark) => `${file}: ${mark}`),
  );
  expect(found).toEqual([]);
});

test('R94: no other font and no other picture than those whose maker is named', () => {
  expect(FILES.filter((file) => !isText(file)).toSorted()).toEqual(NO_TEXT);
});

test('R94: what is served declares these two typefaces and no other', () => {
  const sheets = ['public.css', 'work.css', 'arabic.css'] as const;
  const declared = sheets.flatMap((name) =>
    [...assetTable[name].body.toString().matchAll(/@font-face\{font-family:'([^']+)'/g)].map(([, face = '']) => face),
  );
  expect([...new Set(declared)].toSorted()).toEqual(FACES);
});

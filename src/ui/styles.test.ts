import { readFileSync, readdirSync } from 'node:fs';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { assetTable } from './asset-table.ts';
import { pictogramNames } from './pictogram-names.ts';

const source = (name: string) => readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8');
const tokens = source('tokens');

function colours(scheme: 'light' | 'dark'): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, value] of tokens.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gu)) found.set(name ?? '', value ?? '');
  if (scheme === 'light') return found;
  for (const [, name, dark] of tokens.matchAll(/--([\w-]+): light-dark\(#[0-9a-f]{6}, (#[0-9a-f]{6})\);/gu)) {
    found.set(name ?? '', dark ?? '');
  }
  return found;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Who is read on what, and the least contrast wanted (design §3). */
const pairs: readonly (readonly [ink: string, on: string, least: number])[] = [
  ...['ground', 'sheet', 'sunk', 'sky', 'pine-soft', 'lamp-soft'].map((on) => ['ink', on, 7] as const),
  ...['ground', 'sheet', 'sunk', 'pine-soft', 'lamp-soft'].map((on) => ['ink-2', on, 4.5] as const),
  ...['ground', 'sheet', 'sunk', 'sky', 'pine-soft'].map((on) => ['pine', on, 4.5] as const),
  ...['ground', 'sheet'].map((on) => ['edge', on, 3] as const),
  ['on-ink', 'ink', 7],
  ['on-pine', 'pine', 7],
  ['on-pine', 'pine-strong', 7],
  ['on-lamp', 'lamp', 7],
  ['amber', 'lamp-soft', 4.5],
  ['amber', 'ground', 4.5],
  ['amber', 'sheet', 4.5],
  ['danger', 'ground', 4.5],
  ['danger', 'sheet', 4.5],
  ['on-danger', 'danger-fill', 4.5],
  ['on-late', 'late', 4.5],
  ['on-bar', 'bar', 7],
  ...['canard', 'mousse', 'noyer', 'prune', 'ardoise'].map((door) => ['on-door', door, 6.9] as const),
  ['on-fanlight', 'fanlight', 7],
];

describe.each(['light', 'dark'] as const)('the %s colours', (scheme) => {
  const known = colours(scheme);

  it.each(pairs)('%s is readable on %s', (ink, on, least) => {
    expect(contrast(known.get(ink) ?? '', known.get(on) ?? '')).toBeGreaterThanOrEqual(least);
  });
});

describe('the sheets', () => {
  it('stay within the weights of design §9', () => {
    expect(assetTable['public.css'].body.length).toBeLessThanOrEqual(30_000);
    expect(assetTable['work.css'].body.length).toBeLessThanOrEqual(30_720);
    expect(assetTable['enhance.js'].body.length).toBeLessThanOrEqual(8_192);
    expect(assetTable['smaller-photos.js'].body.length).toBeLessThanOrEqual(2_048);
  });

  it.each(['enhance.js', 'recorder.js', 'smaller-photos.js'] as const)(
    '%s as it is served: whole, without comments',
    (name) => {
      const served = assetTable[name].body.toString();
      expect(() => new Script(served)).not.toThrow();
      expect(served).not.toMatch(/^\s*\/\//mu);
    },
  );

  it.each(['public.css', 'work.css', 'arabic.css'] as const)(
    '%s as it is served: sums keep their blanks, without which none counts',
    (name) => {
      const sums = assetTable[name].body.toString().match(/calc\([^;}]*/gu) ?? [];
      expect(sums.filter((sum) => /[^ ][+]|[+][^ ]/u.test(sum))).toEqual([]);
    },
  );

  it.each(['base', 'parts', 'public', 'work', 'print'])('%s: no raw colour, no left and right', (name) => {
    const css = source(name).replaceAll(/--[\w-]+: #\w+;|light-dark\([^)]+\)/gu, '');
    const inPrintBlackOnWhite = name === 'print' ? css.replaceAll(/#(?:000|fff)\b/gu, '') : css;
    expect(inPrintBlackOnWhite).not.toMatch(/#[0-9a-f]{3,8}\b(?=[;, )])|rgb|hsl/iu);
    expect(css).not.toMatch(/(?:margin|padding|border|inset)-(?:left|right)|[;{\s](?:left|right|width|height)\s*:/u);
  });

  it.each(['base', 'parts', 'public'])(
    '%s: say nothing and change no order: without them a page says the same',
    (name) => {
      // The way out of danger stands first for whoever reads in order, and beside the question on a wide screen.
      const css = source(name).replace(/\.home-ask h2 \{\s*order: -1;/u, '');
      expect(css).not.toMatch(/[;{\s]order\s*:|-reverse\b|content:\s*['"][^'"]*\p{L}/u);
    },
  );

  it('load nothing from elsewhere', () => {
    for (const asset of Object.values(assetTable)) {
      if (asset.type.includes('css')) expect(asset.body.toString()).not.toMatch(/url\((?!\/assets\/)|@import/u);
    }
  });
});

describe('the pictograms', () => {
  it('are exactly the files there are', () => {
    const files = readdirSync(new URL('./pictograms/', import.meta.url)).map((name) => name.replace('.svg', ''));
    expect(files.toSorted()).toEqual(pictogramNames.toSorted());
  });

  it('are drawn for this service (README.md): plain shapes, no name, notice or mark of another drawing or program', () => {
    const drawn = [...pictogramNames.map((name) => `pictograms/${name}`), 'icon'];
    for (const name of drawn) {
      const svg = readFileSync(new URL(`./${name}.svg`, import.meta.url), 'utf8');
      const tags = [...svg.matchAll(/<([^\s/>]+)/gu)].map(([, tag]) => tag);
      expect([name, tags.filter((tag) => !/^(?:svg|path|circle|ellipse|rect)$/u.test(tag ?? ''))]).toEqual([name, []]);
      expect([name, svg.match(/\s(?:id|class|data-[\w-]+|xmlns:\w+|\w+:[\w-]+)=/gu)]).toEqual([name, null]);
    }
  });

  it('follow the colour of the text and carry no style attribute (CSP)', () => {
    const sprite = assetTable['pictograms.svg'].body.toString();
    for (const name of pictogramNames)
      expect(sprite).toContain(`<symbol id="${name}" viewBox="0 0 48 48" fill="none" stroke="currentColor"`);
    expect(sprite).not.toMatch(/style=|<script|href=|#[0-9a-f]{3,6}/u);
  });
});

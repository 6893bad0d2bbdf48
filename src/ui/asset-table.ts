/**
 * The fixed table of what the server may send as a file: sheets, sprite, fonts, icon and script, read once at start.
 * Their addresses carry a hash of their content, so browsers keep them for good.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pictogramNames } from './pictogram-names.ts';

export type AssetName =
  | 'public.css'
  | 'arabic.css'
  | 'work.css'
  | 'pictograms.svg'
  | 'icon.svg'
  | 'enhance.js'
  | 'recorder.js'
  | 'smaller-photos.js'
  | 'atkinson-latin.woff2'
  | 'atkinson-latin-ext.woff2'
  | 'atkinson-licence.txt'
  | 'arabic-400.woff2'
  | 'arabic-700.woff2'
  | 'arabic-licence.txt';

export interface Asset {
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
  /** Fonts are compressed already. */
  readonly compressible: boolean;
}

export const assetFolder = '/assets/';

const here = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

const fontPackage = '@fontsource-variable/atkinson-hyperlegible-next';
const fromFontPackage = (path: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`${fontPackage}/${path}`));

function asset(name: AssetName, type: string, content: string | Buffer, compressible = true): Asset {
  const body = Buffer.from(content);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const dot = name.lastIndexOf('.');
  return { url: `${assetFolder}${name.slice(0, dot)}-${hash}${name.slice(dot)}`, type, body, compressible };
}

const font = (subset: 'latin' | 'latin-ext') =>
  asset(
    `atkinson-${subset}.woff2`,
    'font/woff2',
    fromFontPackage(`files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`),
    false,
  );

/** Made by src/dev/subset-arabic.ts. */
const arabic = (weight: 400 | 700) =>
  asset(
    `arabic-${weight}.woff2`,
    'font/woff2',
    readFileSync(new URL(`./fonts/arabic-${weight}.woff2`, import.meta.url)),
    false,
  );

/** All pictograms as the symbols of one drawing; each keeps the stroke its file asks for. */
function sprite(): string {
  const symbols = pictogramNames.map((name) =>
    here(`./pictograms/${name}.svg`)
      .replace('<svg xmlns="http://www.w3.org/2000/svg"', `<symbol id="${name}"`)
      .replace('</svg>', '</symbol>')
      .replaceAll(/\n\s*/gu, ''),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

/**
 * One served sheet out of several files, without comments and indentation, the fonts' addresses filled in. The spaces around a plus go between
 * two selectors only: in a sum they count.
 */
function sheet(...parts: readonly string[]): string {
  return parts
    .map((part) => here(`./styles/${part}.css`))
    .join('\n')
    .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ ?([{};,>]) ?/gu, '$1')
    .replaceAll(/: /gu, ':')
    .replaceAll(/(?<=[\s:,(-])0\./gu, '.')
    .replaceAll(/;\}/gu, '}')
    .replaceAll(/ \+ (?=[:*[]|\.(?!\d)|[a-z]+\b(?!\())/gu, '+')
    .replaceAll(/#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b/gu, '#$1$2$3')
    .replaceAll(/url\(([\w-]+\.woff2)\)/gu, (whole, name: string) => {
      const found = Object.entries(fonts).find(([known]) => known === name);
      return found ? `url(${found[1].url})` : whole;
    })
    .trim();
}

/** A script as it is served: its lines of comment stay here. */
function script(name: string): string {
  return here(`./${name}.js`).replaceAll(/^ *\/\/.*\n/gmu, '');
}

const fonts = {
  'atkinson-latin.woff2': font('latin'),
  'atkinson-latin-ext.woff2': font('latin-ext'),
  'arabic-400.woff2': arabic(400),
  'arabic-700.woff2': arabic(700),
};

export const assetTable: Readonly<Record<AssetName, Asset>> = {
  ...fonts,
  'atkinson-licence.txt': asset('atkinson-licence.txt', 'text/plain; charset=utf-8', fromFontPackage('LICENSE')),
  'arabic-licence.txt': asset('arabic-licence.txt', 'text/plain; charset=utf-8', here('./fonts/LICENSE.txt')),
  'arabic.css': asset('arabic.css', 'text/css; charset=utf-8', sheet('arabic')),
  'public.css': asset('public.css', 'text/css; charset=utf-8', sheet('tokens', 'base', 'parts', 'public', 'print')),
  'work.css': asset('work.css', 'text/css; charset=utf-8', sheet('tokens', 'base', 'parts', 'work', 'print')),
  'pictograms.svg': asset('pictograms.svg', 'image/svg+xml', sprite()),
  'icon.svg': asset('icon.svg', 'image/svg+xml', here('./icon.svg')),
  'enhance.js': asset('enhance.js', 'text/javascript; charset=utf-8', script('enhance')),
  'recorder.js': asset('recorder.js', 'text/javascript; charset=utf-8', script('recorder')),
  'smaller-photos.js': asset('smaller-photos.js', 'text/javascript; charset=utf-8', script('smaller-photos')),
};

/** The address of an asset, good for as long as its content. */
export function assetUrl(name: AssetName): string {
  return assetTable[name].url;
}

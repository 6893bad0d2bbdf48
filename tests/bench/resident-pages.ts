import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { startPostgres } from '../../src/dev/postgres.ts';
import { locales } from '../../src/i18n/languages.ts';
import { testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// `npm run bench:pages`: what a first visit of each public page weighs, uncompressed, in the heaviest of the six languages; and the CPU of one
// GET beside a bare Hono page of the same bytes, in pairs, in one run, without a network. Ends with 1 where a page is beyond its weight.

const PAGES = [
  '/',
  '/danger',
  '/demande',
  '/demande?besoin=person',
  '/suivi',
  '/rappel',
  '/suivi/code-perdu',
  '/informations',
  '/mentions-legales',
  '/accessibilite',
];
const MOST = { page: 60_000, fonts: 80_000 };
const ROUNDS = 8;
const GETS = 100;

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl }));
process.env['PASSERELLE_TEST_PARTS'] = parts;
const town = await testTown('pages');
const app = await webApp(town);

type Served = { request(path: string, init?: RequestInit): Response | Promise<Response> };
const read = async (served: Served, at: string, headers: Record<string, string> = {}) => {
  const answer = await served.request(`http://localhost${at}`, { headers });
  return { bytes: Buffer.from(await answer.arrayBuffer()), type: answer.headers.get('content-type') ?? 'text/html' };
};

/** The page, the sheets and scripts it names, and apart from them the fonts: those it preloads and those its sheets may ask for in its letters. */
async function weightOf(at: string, locale: string): Promise<{ page: number; fonts: number }> {
  const { bytes } = await read(app, at, { cookie: `langue=${locale}` });
  const html = bytes.toString();
  const [files, fonts] = [new Set<string>(), new Set<string>()];
  for (const [, file = ''] of html.matchAll(/(?:href|src)="(\/assets\/[^"#]+\.(?:css|js|svg))/g)) files.add(file);
  let page = bytes.byteLength;
  for (const file of files) {
    const body = (await read(app, file)).bytes;
    // The sprite of pictograms is a drawing, kept by the browser for good; design §9 counts it with the pages.
    if (!file.endsWith('.svg')) page += body.byteLength;
    if (file.endsWith('.css'))
      for (const [, font = ''] of body.toString().matchAll(/url\(([^)]+\.woff2)\)/g)) fonts.add(font);
  }
  let heavy = 0;
  // Letters of other languages than this one's are in a file that browsers do not fetch: Turkish alone needs latin-ext.
  for (const font of fonts)
    if (!font.includes('latin-ext') || locale === 'tr') heavy += (await read(app, font)).bytes.byteLength;
  return { page, fonts: heavy };
}

async function cpuOf(served: Served, at: string): Promise<number> {
  const before = process.cpuUsage();
  for (let times = 0; times < GETS; times += 1) await read(served, at);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / GETS;
}

const median = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

let beyond = false;
for (const at of PAGES) {
  const weights = await Promise.all(locales.map((locale) => weightOf(at, locale)));
  const [page, fonts] = [Math.max(...weights.map((one) => one.page)), Math.max(...weights.map((one) => one.fonts))];
  beyond ||= page > MOST.page || fonts > MOST.fonts;
  const { bytes, type } = await read(app, at);
  const html = bytes.toString();
  const bare = new Hono().get('*', (c) => c.body(html, 200, { 'Content-Type': type }));
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    pairs.push({ bare: await cpuOf(bare, at), ours: await cpuOf(app, at) });
  const counted = pairs.slice(1);
  const [ours, plain] = [median(counted.map((pair) => pair.ours)), median(counted.map((pair) => pair.bare))];
  console.log(
    `${at.padEnd(24)} ${String(bytes.byteLength).padStart(6)} B html · ${String(page).padStart(6)} B in all, heaviest language · fonts ${fonts} B · ` +
      `${ours.toFixed(0)} µs a GET, bare ${plain.toFixed(0)} µs, ${(ours / plain).toFixed(1)} ×`,
  );
}
await town.close();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(beyond ? 1 : 0);

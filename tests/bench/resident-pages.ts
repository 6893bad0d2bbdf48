import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { startPostgres } from '../../src/dev/postgres.ts';
import { locales } from '../../src/i18n/languages.ts';
import { type Screen, SCREEN_ORDER } from '../../src/requests/screens.ts';
import { Carried } from '../support/agreements.ts';
import { formOf, VALID } from '../support/f1-form.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// `npm run bench:pages`: what a first visit of each page of residents weighs, uncompressed, in the heaviest of the six languages, those behind a
// code and the screen with the map too; and the CPU of one GET beside a bare Hono page of the same bytes, in pairs, in one run, without a network.
// `npm run bench:pages weights` weighs only. Ends with 1 where a page is beyond its weight.

type Who = 'anybody' | 'sender' | 'requester' | 'party';
/** `after`: the page is the answer to this screen of the form. */
type Page = { at: string; who: Who; after?: Screen };
const of = (who: Who, ...at: string[]): Page[] => at.map((path) => ({ at: path, who }));

const PAGES: readonly Page[] = [
  ...of('anybody', '/', '/danger', '/demande', '/demande?besoin=person', '/suivi', '/rappel', '/suivi/code-perdu', '/informations', '/mentions-legales', '/accessibilite'),
  ...of('anybody', '/suivi/participation/vos-informations'),
  { at: '/demande', who: 'anybody', after: 'what' },
  { at: '/demande', who: 'anybody', after: 'care' },
  ...of('sender', '/demande/recu', '/demande/recu/pieces'),
  ...of('requester', '/suivi/demande', '/suivi/accord', '/suivi/pieces', '/suivi/joindre', '/suivi/danger', '/suivi/arreter', '/suivi/remplacer', '/suivi/courriel', '/suivi/droits'),
  ...of('party', '/suivi/participation', '/suivi/participation/pieces', '/suivi/participation/joindre', '/suivi/participation/danger', '/suivi/participation/arreter', '/suivi/droits'),
]; // prettier-ignore
const MOST = { page: 60_000, fonts: 80_000 };
const ROUNDS = 8;
const GETS = 100;
const TIMED = !process.argv.includes('weights');

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl }));
process.env['PASSERELLE_TEST_PARTS'] = parts;
const town = await testTown('pages');
const app = await webApp(town);

type Served = { request(path: string, init?: RequestInit): Response | Promise<Response> };
type Answered = { bytes: Buffer; type: string; status: number };
const answered = async (answer: Response): Promise<Answered> => ({
  bytes: Buffer.from(await answer.arrayBuffer()),
  type: answer.headers.get('content-type') ?? 'text/html',
  status: answer.status,
});
const read = async (served: Served, at: string) => answered(await served.request(`http://localhost${at}`));

const form = formOf(town, app);
const carried = new Carried(town);
const caseId = await carried.toAgreements();
const sender = new Visitor(app);
await sender.post('/demande', new URLSearchParams([['draft', form.draftOf()], ['screen', 'send'], ...VALID.send, ['go', 'next']])); // prettier-ignore
const visitors: Record<Who, Visitor> = {
  anybody: new Visitor(app),
  sender,
  requester: await requesterVisitor(app, town, caseId),
  party: await partyVisitor(app, town, carried),
};

/** Answered as far as this screen, as somebody has who comes to the next one. */
const before = (screen: Screen) =>
  form.draftOf(
    [],
    SCREEN_ORDER.slice(
      0,
      SCREEN_ORDER.findIndex((known) => known === screen),
    ),
  );

/** The page as its visitor reads it in a language. */
async function visited({ at, who, after }: Page, locale: string): Promise<Answered> {
  const visitor = visitors[who].copy();
  await visitor.get(`/langue/${locale}`);
  const page = await answered(
    after
      ? await visitor.post(at, new URLSearchParams([['draft', before(after)], ['screen', after], ...VALID[after], ['go', 'next']]))
      : await visitor.get(at),
  ); // prettier-ignore
  if (page.status !== 200) throw new Error(`${at} (${who}) answers ${page.status}`);
  return page;
}

/** The page, the sheets and scripts it names, and apart from them the fonts: those it preloads and those its sheets may ask for in its letters. */
async function weightOf(what: Page, locale: string): Promise<{ page: number; fonts: number }> {
  const { bytes } = await visited(what, locale);
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

/** What one GET costs, and how often a bare page of the same bytes. Of pages anybody may open: those behind a code ask the database first. */
async function timesOf({ at }: Page, { bytes, type }: Answered): Promise<string> {
  const html = bytes.toString();
  const bare = new Hono().get('*', (c) => c.body(html, 200, { 'Content-Type': type }));
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    pairs.push({ bare: await cpuOf(bare, at), ours: await cpuOf(app, at) });
  const counted = pairs.slice(1);
  const [ours, plain] = [median(counted.map((pair) => pair.ours)), median(counted.map((pair) => pair.bare))];
  return ` · ${ours.toFixed(0)} µs a GET, bare ${plain.toFixed(0)} µs, ${(ours / plain).toFixed(1)} ×`;
}

let beyond = false;
for (const what of PAGES) {
  const weights = [];
  for (const locale of locales) weights.push(await weightOf(what, locale));
  const [page, fonts] = [Math.max(...weights.map((one) => one.page)), Math.max(...weights.map((one) => one.fonts))];
  beyond ||= page > MOST.page || fonts > MOST.fonts;
  const french = await visited(what, 'fr');
  const timed = TIMED && what.who === 'anybody' && !what.after ? await timesOf(what, french) : '';
  console.log(
    `${`${what.at}${what.after ? ` after ${what.after}` : ''}`.padEnd(38)} ${String(french.bytes.byteLength).padStart(6)} B html · ${String(page).padStart(6)} B in all, heaviest language · fonts ${fonts} B${timed}`,
  );
}
await town.close();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(beyond ? 1 : 0);

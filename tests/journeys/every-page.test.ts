import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_TABLE } from '../../src/http/route-table.ts';
import type { Locale } from '../../src/i18n/languages.ts';
import { type Look, LOOKS, openBrowser } from '../support/browser.ts';
import { PageWalk } from '../support/page-walk.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { anybody, bothSides, caller, partner, sender, signaller } from '../support/walks-of-people.ts';
import { startWeb, type Web } from '../support/web.ts';

// R92, R104, §4.13 invariant 10: every page of the route table that residents and partners may open, by day, by night, and from right to left.

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('every-page');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

const WALKS: [Locale, readonly Look[]][] = [
  ['fr', LOOKS],
  ['ar', [{ width: 320, scheme: 'light' }]],
];
/** Pages that partners and the team read in French. */
const FRENCH = /^\/(?:partenaire|connexion|invitation)/;

const TITLE = 'every page of the table, in %s: axe finds nothing, nothing is wider than the screen, nothing is said by colour, shape or place alone, own fields say what they are for, no sound begins by itself'; // prettier-ignore

describe.each(WALKS)(TITLE, (locale, looks) => {
  let walk: PageWalk;
  beforeAll(() => {
    walk = new PageWalk(browser, web.origin, locale, looks);
  });
  afterAll(() => walk.end());
  const french = locale === 'fr';

  const walks: [string, () => Promise<unknown>][] = [
    ['anybody', async () => anybody(await walk.person())],
    ['whoever asks', async () => sender(await walk.person())],
    ['whoever points out a place', async () => signaller(await walk.person())],
    ['whoever asks for a call', async () => caller(await walk.person())],
    ['both sides of a case, and a partner', async () => {
      const requestId = await bothSides(town, await walk.person(), await walk.person());
      if (french) await partner(town, await walk.person(), requestId);
    }],
    ['whoever signs in', async () => french && (await walk.person()).seesFrench('/connexion', '/connexion/code', '/invitation')],
  ]; // prettier-ignore
  test.each(walks)('R92, R94, R104: %s', { timeout: 600_000 }, async (_who, goes) => {
    await goes();
    expect(walk.faults.splice(0)).toEqual([]);
  });

  test('no page of residents and partners is left out', () => {
    const neverSeen = ROUTE_TABLE.filter(
      ([method, path, access]) => method === 'GET' && /^(?:anybody|code|partner)$/.test(access) && !walk.seen.has(path),
    ).map(([, path]) => path);
    expect(neverSeen.filter((path) => french || !FRENCH.test(path))).toEqual([]);
  });
});

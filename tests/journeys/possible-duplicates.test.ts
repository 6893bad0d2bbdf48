import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { looksRight, openBrowser, openPage } from '../support/browser.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('alike-journey');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

test('R37: the leader opens the request that may be the same, reads why, and comes back', async () => {
  const place = { placeType: 'parking', categories: ['STATION', 'BRUIT'] };
  const first = await submit(town, place);
  const second = await submit(town, place);
  for (const [width, scheme] of [
    [320, 'light'],
    [1280, 'dark'],
  ] as const) {
    const page = await openPage(browser, { width, scheme, script: true });
    await page.goto(`${web.origin}/demo`);
    await page.click(`form[action="/demo/entrer"]:has(input[value="${town.person('R1')}"]) button`);
    await page.goto(`${web.origin}/equipe/demandes/${second.caseId}`);
    const card = page.locator('section.card', { hasText: 'Peut-être la même situation' });
    const words = (await card.innerText()).replaceAll(/\s/g, ' ');
    expect(words).toContain(first.number);
    expect(words).toContain('même téléphone · même adresse de courriel · même quartier');
    await looksRight(page, page.url());
    await card.locator('a').click();
    expect(await page.innerText('h1')).toBe(first.number);
    expect(await page.innerText('main')).toContain(second.number);
    await page.context().close();
  }
});

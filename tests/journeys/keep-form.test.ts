import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { looksRight, openBrowser, openPage } from '../support/browser.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// The form on the device (only there, only when asked, seven days), and the drawn map, in a real browser with and without script.

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('keep-form');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

const next = (page: Page) => page.click('form button[value="next"]');
const stored = (page: Page) => page.evaluate("localStorage.getItem('passerelle.demande')");
const offer = '[data-kept-draft]';

async function toPlace(page: Page, need = 'person'): Promise<void> {
  await page.goto(`${web.origin}/demande?besoin=${need}`);
  await page.check('input[name="danger"][value="no"]');
  await next(page);
  await next(page);
  await page.check('input[name="categories"][value="AUTRE"]');
  await next(page);
}

/** The last screen of a place pointed out without a name. */
async function toNote(page: Page): Promise<void> {
  await toPlace(page, 'place');
  await page.check('input[name="quarter"][value="PEU"]');
  await next(page);
}

async function keeps(page: Page): Promise<void> {
  await page.click('[data-needs-device] summary');
  await page.click('button[value="keep"]');
  await page.waitForSelector('[data-kept-until]', { state: 'attached' });
}

async function keptStory(): Promise<{ page: Page; context: BrowserContext }> {
  const page = await openPage(browser, { width: 360, scheme: 'light', script: true });
  await toPlace(page);
  await page.check('input[name="quarter"][value="PEU"]');
  await next(page);
  expect(await stored(page)).toBeNull();
  await page.fill('textarea[name="story"]', 'Les bruits de pas.');
  await keeps(page);
  return { page, context: page.context() };
}

/** From the story to the receipt; returns the address it ends at. */
async function sendsFromStory(page: Page): Promise<string> {
  await next(page);
  await next(page);
  await page.fill('input[name="first_name"]', 'Rosa');
  await page.check('input[name="contact_ways"][value="desk"]');
  await next(page);
  for (const box of ['input[value="adult"]', 'input[name="accept_contact"]', 'input[name="read_notice"]'])
    await page.check(box);
  expect(await stored(page)).not.toBeNull();
  await next(page);
  return new URL(page.url()).pathname;
}

describe('« Garder sur cet appareil »', () => {
  test('another day: what was kept is offered, danger is asked first, and the answers are there', async () => {
    const { context } = await keptStory();
    const page = await context.newPage();
    await page.goto(`${web.origin}/demande`);
    expect(await page.isVisible(offer)).toBe(true);
    expect(String(await stored(page))).not.toContain('bruits');
    await page.click('button[value="resume"]');
    expect(await page.isChecked('input[name="danger"][value="no"]')).toBe(false);
    await page.check('input[name="danger"][value="no"]');
    await next(page);
    expect(await page.inputValue('textarea[name="story"]')).toBe('Les bruits de pas.');
    await context.close();
  });

  test('« Effacer » takes it away, on the first page and on any other', async () => {
    const first = await keptStory();
    await first.page.goto(`${web.origin}/demande`);
    await first.page.click('[data-erase-kept]');
    expect([await stored(first.page), await first.page.isVisible(offer)]).toEqual([null, false]);
    await first.context.close();
    const later = await keptStory();
    await later.page.click('button[value="forget"]');
    await later.page.waitForSelector('[data-forget]', { state: 'attached' });
    expect([await stored(later.page), await later.page.inputValue('textarea[name="story"]')]).toEqual([null, 'Les bruits de pas.']); // prettier-ignore
    await later.context.close();
  });

  test('gone after seven days, after sending, and with « Quitter vite »', async () => {
    const old = await keptStory();
    await old.page.evaluate("localStorage.setItem('passerelle.demande', JSON.stringify({ draft: 'x', until: Date.now() - 1 }))"); // prettier-ignore
    await old.page.goto(`${web.origin}/demande`);
    expect([await stored(old.page), await old.page.isVisible(offer)]).toEqual([null, false]);
    await old.context.close();

    const sent = await keptStory();
    expect(await sendsFromStory(sent.page)).toBe('/demande/recu');
    expect(await stored(sent.page)).toBeNull();
    await sent.context.close();

    const left = await keptStory();
    await left.context.route(/meteofrance/, (route) => route.abort());
    await left.page.click('[data-quick-exit]');
    const after = await left.context.newPage();
    await after.goto(`${web.origin}/demande`);
    expect([await stored(after), await after.isVisible(offer)]).toEqual([null, false]);
    await left.context.close();
  });

  test('another form sent from here, a place or a request, leaves it until the day that was said', async () => {
    const { context } = await keptStory();
    const page = await context.newPage();
    await toNote(page);
    await next(page);
    expect(new URL(page.url()).pathname).toBe('/demande/signale');
    expect(await stored(page)).not.toBeNull();
    await toPlace(page);
    await page.check('input[name="quarter"][value="PEU"]');
    await next(page);
    expect(await sendsFromStory(page)).toBe('/demande/recu');
    await page.goto(`${web.origin}/demande`);
    expect(await page.isVisible(offer)).toBe(true);
    // The place that is kept itself goes once it is sent.
    await toNote(page);
    await keeps(page);
    await next(page);
    expect([new URL(page.url()).pathname, await stored(page)]).toEqual(['/demande/signale', null]);
    await context.close();
  });

  test('without script nothing is offered and nothing is kept', async () => {
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await toPlace(page);
    expect(await page.isVisible('[data-needs-device]')).toBe(false);
    await page.context().close();
  });
});

describe('the drawn map', () => {
  test('with script a quarter or a place on it ticks its box', async () => {
    const page = await openPage(browser, { width: 360, scheme: 'light', script: true });
    await toPlace(page);
    await page.click('details:has(svg) summary');
    await page.click('svg a[aria-label="Centre-Ancien"] text');
    expect(await page.isChecked('input[name="quarter"][value="CEN"]')).toBe(true);
    await page.click('ol a:has-text("Accueil du CCAS")');
    expect(await page.isChecked('input[name="place"][value="C6TWK8"]')).toBe(true);
    expect(await page.isVisible('input[name="place"][value="C6TWK8"]')).toBe(true);
    await next(page);
    expect(await page.innerText('h1')).toBe('Racontez avec vos mots');
    await page.context().close();
  });

  test('without script, by keyboard: a link of it leads to its box', async () => {
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await toPlace(page);
    await page.click('details:has(svg) summary');
    await page.focus('svg a[aria-label="Centre-Ancien"]');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    expect(await page.isChecked('input[name="quarter"][value="CEN"]')).toBe(true);
    await page.context().close();
  });
});

describe('design §10: every screen of the form', () => {
  // Each way through the form once: widths, schemes and doors crossed.
  for (const [need, width, scheme] of [['service', 320, 'light'], ['link', 1280, 'dark'], ['place', 360, 'light']] as const) {
      test(`« ${need} »: axe finds nothing and nothing scrolls sideways at ${width} px, ${scheme}`, async () => {
        const page = await openPage(browser, { width, scheme, script: true });
        const looked = (at: string) => looksRight(page, at);
        await toPlace(page, need);
        for (const fold of await page.locator('details').all()) await fold.evaluate('(fold) => { fold.open = true }');
        await looked('place');
        await next(page);
        await looked('place, with its error');
        await page.check('input[name="quarter"][value="PEU"]');
        await next(page);
        await looked('story');
        await next(page);
        if (need === 'place') {
          await looked('signalled');
        } else {
          await looked('care');
          await next(page);
          await looked('contact');
          await page.fill('input[name="first_name"]', 'Rosa');
          await page.check('input[name="contact_ways"][value="desk"]');
          await next(page);
          await looked('send');
        }
        await page.context().close();
      });
  } // prettier-ignore
});

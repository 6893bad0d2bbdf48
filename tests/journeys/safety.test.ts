import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Carried } from '../support/agreements.ts';
import { looksRight, openBrowser, openPage } from '../support/browser.ts';
import { limitsWith } from '../support/limits.ts';
import { codeOfParty } from '../support/party-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// Danger first, safe contact, and the step-up of a source over its budget, in a real browser with and without script (spec §4.11, R81, R98, C-9).

let town: TestTown;
let web: Web;
let narrow: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('safety');
  const few = limitsWith({ request: 1 });
  [web, narrow, browser] = await Promise.all([startWeb(town), startWeb(town, { table: few }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([web?.stop(), narrow?.stop()]);
  await town?.close();
});

const main = async (page: Page) => (await page.innerText('main')).replaceAll(/\s+/gu, ' ');
const next = (page: Page) => page.click('form button[value="next"]');
const opened = (script: boolean, width = 360) => openPage(browser, { width, scheme: 'light', script });

/** The form from its first screen to the receipt; `family` ticks that somebody of the family is feared. */
async function asks(
  page: Page,
  { to, age = 'adult', family = false }: { to: Web; age?: string; family?: boolean },
): Promise<void> {
  await page.goto(`${to.origin}/demande?besoin=person`);
  await page.check('input[name="danger"][value="no"]');
  if (family) await page.check('input[name="family"]');
  await next(page);
  await next(page);
  await page.check('input[name="categories"][value="AUTRE"]');
  await next(page);
  await page.check('input[name="quarter"][value="PEU"]');
  await next(page);
  await page.fill('textarea[name="story"]', 'Les bruits de pas.');
  await next(page);
  await next(page);
  await page.fill('input[name="first_name"]', 'Rosa');
  await page.check('input[name="contact_ways"][value="desk"]');
  await next(page);
  await page.check(`input[name="age_group"][value="${age}"]`);
  for (const box of ['accept_contact', 'read_notice']) await page.check(`input[name="${box}"]`);
  await next(page);
}

describe('danger first', () => {
  for (const script of [false, true])
    test(`§4.11, R81: nothing blocks sending, a minor and somebody who fears their family read whom to call, script ${script ? 'on' : 'off'}`, async () => {
      const page = await opened(script);
      await page.goto(`${web.origin}/danger`);
      for (const number of ['17', '112', '119', '3919', '3018'])
        expect(await page.locator(`a[href="tel:${number}"]`).count()).toBeGreaterThan(0);
      expect(await page.locator('a[href="sms:114"]').count()).toBeGreaterThan(0);
      if (script) await looksRight(page, 'danger');
      await page.goto(`${web.origin}/demande?besoin=person`);
      expect(await page.locator('main a[href="tel:17"]').count()).toBeGreaterThan(0);
      await page.check('input[name="danger"][value="yes"]');
      await next(page);
      expect(await main(page)).toMatch(/Danger immédiat : appelez\..*17.*112.*114.*3919.*119/u);
      expect(await page.locator('main a[href="tel:112"]').count()).toBe(1);
      if (script) await looksRight(page, 'after yes');
      await next(page);
      expect(await page.locator('main a[href="tel:112"]').count()).toBe(0);
      await asks(page, { to: web, age: 'minor', family: true });
      expect(new URL(page.url()).pathname).toBe('/demande/recu');
      expect(await page.locator('a[href="tel:119"]').count()).toBeGreaterThan(0);
      expect(await page.locator('a[href="tel:3018"]').count()).toBeGreaterThan(0);
      if (script) await looksRight(page, 'receipt of a minor');
      await page.context().close();
    });

  test('§4.11: the coordinator sets a number, and the safety page has it at once', async () => {
    const page = await opened(true, 1280);
    await page.goto(`${web.origin}/demo`);
    await page.click(`form[action="/demo/entrer"]:has(input[value="${town.person('C1')}"]) button`);
    await page.goto(`${web.origin}/administration/numeros`);
    await looksRight(page, 'numbers');
    await page.click('main a[href^="/administration/numeros/"] >> nth=0');
    await looksRight(page, 'a number');
    await page.fill('input[name="hours"]', 'jour et nuit, toute l’année');
    await page.click('main form button[type="submit"], main form button:not([type])');
    await page.goto(`${web.origin}/danger`);
    expect(await main(page)).toContain('jour et nuit, toute l’année');
    await page.context().close();
  });
});

describe('leaving and listening (§4.8, §4.11)', () => {
  for (const way of ['button', 'three times Escape'])
    test(`« Quitter vite » by ${way} leaves no entry of this page: « back » opens what was there before`, async () => {
      const page = await opened(true);
      await page.context().route(/meteofrance/, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Météo</title>' })); // prettier-ignore
      await page.goto(`${web.origin}/accessibilite`);
      await page.goto(`${web.origin}/danger`);
      if (way === 'button') await page.click('[data-quick-exit] >> nth=0');
      else for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
      await page.waitForURL(/meteofrance/);
      await page.goBack();
      expect(new URL(page.url()).pathname).toBe('/accessibilite');
      await page.context().close();
    });

  // The device's own voices, as a browser lists them: this one has none.
  const voices = (list: { localService: boolean; lang: string }[]) => `{
    const said = [];
    const speech = new EventTarget();
    Object.assign(speech, { speaking: false, getVoices: () => ${JSON.stringify(list)}, cancel() {}, speak: (part) => said.push(part.text) });
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    window.said = said;
  }`;
  test('a page is read aloud by a voice of the device in its language, from its title on', async () => {
    const page = await opened(true);
    await page.addInitScript(voices([{ localService: true, lang: 'fr-FR' }]));
    await page.goto(`${web.origin}/danger`);
    await page.click('[data-listen]');
    expect(await page.evaluate('said[0]')).toMatch(/^Danger immédiat.: appelez\.$/u);
    expect(String(await page.evaluate('said.join(" ")'))).toContain('3919');
    expect(await page.innerText('[data-listen]')).toBe('Arrêter la lecture');
    await page.context().close();
  });

  test('§4.8: what is not in sight is not read: nothing kept, the trap, what is folded; the name of a fold is', async () => {
    const page = await opened(true);
    await page.addInitScript(voices([{ localService: true, lang: 'fr-FR' }]));
    const listened = async () => {
      await page.click('[data-listen]');
      return String(await page.evaluate('said.splice(0).join(" ")')).replaceAll(/\s+/gu, ' ');
    };
    await page.goto(`${web.origin}/demande`);
    expect(await listened()).not.toContain('Une demande commencée est gardée');
    await page.check('input[name="danger"][value="no"]');
    await next(page);
    const folded = await listened();
    expect([folded.includes('Finir plus tard'), folded.includes('7 jours')]).toEqual([true, false]);
    await page.click('[data-needs-device] summary');
    expect(await listened()).toContain('7 jours');
    await page.goto(`${web.origin}/rappel`);
    const call = await listened();
    expect([call.includes('Laissez cette case vide'), call.includes('Votre prénom')]).toEqual([false, true]);
    await page.context().close();
  });

  test.each([
    ['none is there', []],
    ['it would send the page away', [{ localService: false, lang: 'fr-FR' }]],
    ['it speaks another language', [{ localService: true, lang: 'de-DE' }]],
  ])('nothing is offered where %s', async (_why, list) => {
    const page = await opened(true);
    await page.addInitScript(voices(list));
    await page.goto(`${web.origin}/danger`);
    expect(await page.isVisible('[data-listen]')).toBe(false);
    await page.context().close();
  });
});

describe('« Comment me joindre », of either side (R98)', () => {
  for (const script of [false, true])
    test(`a missing number is said beside it, what was chosen holds, script ${script ? 'on' : 'off'}`, async () => {
      const carried = new Carried(town);
      await carried.toAgreements();
      const page = await opened(script);
      await page.goto(`${web.origin}/suivi`);
      await page.fill('input[name="code"]', await codeOfParty(town, await carried.partyId('other')));
      await page.click('form[action="/suivi"] button');
      await page.click('a[href="/suivi/participation/joindre"]');
      const send = () => page.click('form[action="/suivi/participation/joindre"] button');
      for (const way of await page.locator('input[name="contact_ways"]').all()) await way.uncheck();
      await send();
      expect(await page.locator('#contact_ways-error').innerText()).not.toBe('');
      if (script) await looksRight(page, 'how to reach me, refused');
      await page.check('input[name="contact_ways"][value="phone"]');
      await page.fill('input[name="phone"]', '06 39 98 12 34');
      await page.check('input[name="precautions"][value="no_voicemail"]');
      await send();
      expect(new URL(page.url()).pathname).toBe('/suivi/participation');
      await page.click('a[href="/suivi/participation/joindre"]');
      expect(await page.isChecked('input[name="precautions"][value="no_voicemail"]')).toBe(true);
      expect(await page.content()).not.toContain('06 39 98 12 34');
      await page.context().close();
    });
});

describe('over its budget (C-9, decision 0027)', () => {
  test('without script: how long to wait and whom to call, everything kept; in danger, it leaves', async () => {
    const page = await opened(false);
    await asks(page, { to: narrow });
    await asks(page, { to: narrow });
    expect(new URL(page.url()).pathname).toBe('/demande');
    expect(await main(page)).toMatch(/\d+ minutes?/);
    await asks(page, { to: narrow, family: true });
    expect(new URL(page.url()).pathname).toBe('/demande/recu');
    await page.context().close();
  });

  test('with script: the device works for this one form, says so, and it leaves', async () => {
    const page = await opened(true);
    await asks(page, { to: narrow });
    await page.waitForSelector('[data-proof-done]', { state: 'visible', timeout: 60_000 });
    await looksRight(page, 'worked for');
    await next(page);
    expect(new URL(page.url()).pathname).toBe('/demande/recu');
    await page.context().close();
  });
});

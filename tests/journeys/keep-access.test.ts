import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mailbox, startMailbox } from '../../src/dev/mailbox.ts';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { newRandomCode } from '../../src/privacy/case-code.ts';
import { looksRight, openBrowser, openPage } from '../support/browser.ts';
import { limitsWith } from '../support/limits.ts';
import { mailContext } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

let town: TestTown;
let web: Web;
let browser: Browser;
let mailbox: Mailbox;
let pump: Pump;
const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-mail-'));
beforeAll(async () => {
  town = await testTown('access');
  [web, browser, mailbox] = await Promise.all([startWeb(town), openBrowser(), startMailbox({ dir })]);
  pump = startPump(mailContext(town, mailbox.smtpUrl), town.database.url('passerelle_worker'));
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await pump?.stop();
  await mailbox?.stop();
  await town?.close();
  rmSync(dir, { recursive: true, force: true });
});

const main = (page: Page) => page.innerText('main');
const onlyButton = (page: Page, action: string) => page.click(`form[action="${action}"] button`);
const codeOn = async (page: Page) => /([0-9A-Z]{5}\s*){5}/.exec((await main(page)).replaceAll('-', ' '))?.[0] ?? '';

async function enter(page: Page, code: string): Promise<void> {
  await page.goto(`${web.origin}/suivi`);
  await page.fill('input[name="code"]', code);
  await onlyButton(page, '/suivi');
}
/** The short code of the newest mail to this address. */
async function shortCodeIn(address: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const texts = mailbox
      .messages()
      .filter(({ to }) => to === address)
      .map(({ text }) => text);
    const code = texts.map((text) => /Code court\s:\s([0-9A-Z]{4}-[0-9A-Z]{4})/u.exec(text)?.[1]).find(Boolean);
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no mail with a short code');
}

describe('a resident keeps the way to the request, without script', () => {
  test('C-3, T-17: replaces a code somebody has seen; the old one opens nothing', async () => {
    const { code = '' } = await submit(town);
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await enter(page, code);
    await page.click('a[href="/suivi/remplacer"]');
    expect(await page.locator('input:checked').count()).toBe(0);
    await onlyButton(page, '/suivi/remplacer');
    expect(await main(page)).toContain('Choisissez une réponse.');
    await page.check('input[value="replace"]');
    await onlyButton(page, '/suivi/remplacer');
    expect(new URL(page.url()).pathname).toBe('/suivi/nouveau-code');
    const fresh = await codeOn(page);
    await enter(page, code);
    expect(await main(page)).toContain('Ce code n’ouvre aucune demande.');
    await enter(page, fresh);
    expect(await main(page)).toContain('Nous avons bien reçu votre demande.');
  });

  test('T-16, T-20: loses the code, types the short code of a mail, gets a new one', async () => {
    const email = 'perdue@courriel.example';
    const { number } = await submit(town, { email });
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await page.goto(`${web.origin}/suivi`);
    await page.click('a[href="/suivi/code-perdu"]');
    await page.fill('input[name="number"]', number.toLowerCase());
    await page.fill('input[name="email"]', 'perdue');
    await onlyButton(page, '/suivi/code-perdu');
    expect(await page.title()).toMatch(/^Il manque une réponse/);
    expect(await page.inputValue('input[name="number"]')).toBe(number.toLowerCase());
    await page.fill('input[name="email"]', email);
    await onlyButton(page, '/suivi/code-perdu');
    await page.fill('input[name="code"]', await shortCodeIn(email));
    await onlyButton(page, '/suivi/code-court');
    expect(await main(page)).toContain(number);
    await page.check('input[value="replace"]');
    await onlyButton(page, '/suivi/remplacer');
    await enter(page, await codeOn(page));
    expect(await main(page)).toContain('Nous avons bien reçu votre demande.');
  });

  test('R98: takes the e-mail address back', async () => {
    const { code = '' } = await submit(town);
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await enter(page, code);
    await page.click('a[href="/suivi/courriel"]');
    await page.check('input[value="remove"]');
    await onlyButton(page, '/suivi/courriel');
    expect(await main(page)).toContain('Votre adresse est enlevée.');
    expect(await page.locator('a[href="/suivi/courriel"]').count()).toBe(0);
  });
});

test('429 is a page like the others, with the numbers for danger', async () => {
  const narrow = await startWeb(town, {
    table: limitsWith({ code_by_address: 0, lost_code_by_address: 0, request: 0 }),
  });
  for (const width of [320, 1280]) {
    const page = await openPage(browser, { width, scheme: 'light', script: true });
    await page.goto(`${narrow.origin}/suivi`);
    await page.fill('input[name="code"]', newRandomCode());
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await onlyButton(page, '/suivi');
    expect((await answer).status()).toBe(429);
    await looksRight(page, '429');
    await page.click('main a[href="/danger"]');
    expect(new URL(page.url()).pathname).toBe('/danger');
  }
  await narrow.stop();
});

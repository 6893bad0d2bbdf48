import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openPage } from '../support/browser.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

let town: TestTown;
let stack: Stack;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('journey');
  [stack, web, browser] = await Promise.all([startStack(town), startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await stack?.stop();
  await town?.close();
});

const next = (page: Page) => page.click('form button[value="next"]');

async function fillUntilContact(page: Page): Promise<void> {
  await page.goto(web.origin);
  await page.click('a[href="/demande?besoin=person"]');
  await page.check('input[name="danger"][value="no"]');
  await next(page);
  expect(await page.isChecked('input[name="need"][value="person"]')).toBe(true);
  await next(page);
  await page.check('input[name="categories"][value="BRUIT"]');
  await next(page);
  await page.check('input[name="quarter"][value="PEU"]');
  await next(page);
  await page.fill('textarea[name="story"]', '\nLes bruits de pas,\nla nuit. <b>"é"</b>');
  await next(page);
  // What may be done to reach somebody is asked before how.
  await page.check('input[name="spoken_language"][value="fr"]');
  await next(page);
}

describe('a resident asks for help, without script', () => {
  test('R25, R93, R30: six screens, the receipt with its code, the mail, the follow page, a message, the withdrawal', async () => {
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await fillUntilContact(page);
    await page.fill('input[name="first_name"]', 'Rosa');
    await page.check('input[name="contact_ways"][value="email"]');
    await page.fill('input[name="email"]', 'rosa@courriel.example');
    await next(page);
    expect(await page.innerText('main')).toContain('Les bruits de pas');
    await page.check('input[name="age_group"][value="adult"]');
    await page.check('input[name="accept_contact"]');
    await page.check('input[name="read_notice"]');
    await next(page);

    expect(new URL(page.url()).pathname).toBe('/demande/recu');
    const slip = await page.innerText('main');
    expect(slip).toMatch(/MS-2027-\d{5}/);
    expect(slip).toContain('mercredi 13 janvier');
    const code = /([0-9A-Z]{5}\s*){5}/.exec(slip.replaceAll(/[-\u2011]/g, ' '))?.[0] ?? '';
    await stack.calm();
    const mail = stack.mailbox.messages().find((message) => message.to === 'rosa@courriel.example');
    expect(mail?.subject).toMatch(/^Votre demande n°\u00a0MS-2027-\d{5}$/);
    expect(`${mail?.text} ${mail?.html}`.replaceAll(/\W/g, '')).not.toContain(code.replaceAll(/\W/g, ''));

    await page.goto(`${web.origin}/suivi`);
    await page.fill('input[name="code"]', code.toLowerCase());
    await page.click('form[action="/suivi"] button');
    expect(await page.innerText('main')).toContain('Nous avons bien reçu votre demande.');
    await page.fill('textarea[name="message"]', 'Le matin, avant midi.');
    await page.click('form[action="/suivi/message"] button');
    expect(await page.innerText('main')).toContain('Message envoyé.');
    expect(await page.innerText('main')).toContain('Le matin, avant midi.');
    await page.click('a[href="/suivi/arreter"]');
    await page.click('form[action="/suivi/arreter"] button');
    expect(await page.innerText('main')).toContain('Choisissez une réponse.');
    await page.check('input[value="stop"]');
    await page.click('form[action="/suivi/arreter"] button');
    expect(await page.innerText('main')).toContain('Votre demande est arrêtée.');
    await stack.calm();
    const row = await town.owner.selectFrom('mediation_case').select(['state', 'outcome']).executeTakeFirstOrThrow();
    expect(row).toEqual({ state: 'closed', outcome: 'RETRAIT' });
  });

  test('what is missing is said beside its field, what was typed stays, « Retour » loses nothing', async () => {
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await fillUntilContact(page);
    await page.check('input[name="contact_ways"][value="phone"]');
    await page.fill('input[name="phone"]', '06 39 98');
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await next(page);
    expect((await answer).status()).toBe(422);
    expect(await page.title()).toMatch(/^Il manque 2\sréponses/);
    expect(await page.inputValue('input[name="phone"]')).toBe('06 39 98');
    expect(await page.innerText('#phone-error')).toContain('10 chiffres');
    await page.click('button[value="back"]');
    await page.click('button[value="back"]');
    expect(await page.inputValue('textarea[name="story"]')).toBe('\nLes bruits de pas,\nla nuit. <b>"é"</b>');
    await page.click('button[value="back"]');
    await page.click('button[value="back"]');
    expect(await page.isChecked('input[value="BRUIT"]')).toBe(true);
    await next(page);
    await page.fill('input[name="place_text"]', 'le hall');
    await page.press('input[name="place_text"]', 'Enter');
    expect(await page.innerText('h1')).toBe('Racontez avec vos mots');
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOOKS, looksRight, openBrowser, openPage } from '../support/browser.ts';
import { submit } from '../support/request.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

let town: TestTown;
let stack: Stack;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('team');
  [stack, web, browser] = await Promise.all([startStack(town), startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await stack?.stop();
  await town?.close();
});

async function enterAs(page: Page, name: string): Promise<void> {
  await page.goto(`${web.origin}/demo`);
  await page.click(`li:has-text("${name}") button`);
}
const confirm = (page: Page) => page.click('main form .button');

describe('people at work, without script', () => {
  test('R41, R42: triage, assignment, acceptance, contact, closing, each on a page of its own', async () => {
    const { number } = await submit(town);
    await stack.calm();
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await enterAs(page, 'Nadège Kerlidou');
    expect(await page.innerText('.worklist')).toContain('Lire et décider');
    await page.click('.worklist-task');
    expect(await page.innerText('h1')).toBe(number);
    expect(await page.innerText('main')).toContain('Les bruits de pas, la nuit.');
    await page.click('a:has-text("Accepter la demande")');
    await confirm(page);
    expect(await page.title()).toMatch(/^Il manque 2\sréponses/);
    await page.check('input[value="social"]');
    await page.check('input[value="standard"]');
    await page.check('input[name="tension"][value="2"]');
    await confirm(page);
    await page.click('a:has-text("Choisir le médiateur")');
    await page.check('label:has-text("Bastien Coudrelle") input');
    await confirm(page);
    expect(await page.innerText('main')).toContain('pas de qualification vérifiée');
    await page.check('label:has-text("Awa Diarrassy") input');
    await confirm(page);
    await stack.calm();

    await enterAs(page, 'Awa Diarrassy');
    await page.click('.worklist-task');
    await page.click('a:has-text("Accepter l’affectation")');
    await confirm(page);
    await page.click('a:has-text("Noter un essai de contact")');
    await page.check('input[name="way"][value="phone"]');
    await page.check('input[name="reached"][value="yes"]');
    await confirm(page);
    await page.click('a:has-text("Proposer la clôture")');
    await page.check('input[value="RESOLU_ECOUTE"]');
    await page.fill('textarea[name="reason"]', 'Se sent écoutée.');
    await confirm(page);
    await stack.calm();

    await enterAs(page, 'Nadège Kerlidou');
    await page.click('.worklist-task:has-text("Valider la clôture")');
    await page.click('a:has-text("Valider la clôture")');
    await confirm(page);
    expect(await page.innerText('main')).toContain('Clôturée');
    await page.click('a:has-text("Corriger une erreur")');
    await page.fill('textarea[name="reason"]', 'Validée trop vite.');
    await confirm(page);
    expect(await page.innerText('main')).toContain('Premier contact');
    await stack.calm();
  });

  test('the demo’s clock goes to the next due instant and the reminder leaves; a session survives the jump', async () => {
    await submit(town);
    await stack.calm();
    const page = await openPage(browser, { width: 1280, scheme: 'light' });
    await enterAs(page, 'Nadège Kerlidou');
    await page.goto(`${web.origin}/demo`);
    const before = stack.mailbox.messages().length;
    await page.click('button[value="week"]');
    await expect
      .poll(async () => (await town.owner.selectFrom('clock_journey').select('state').executeTakeFirst())?.state, {
        timeout: 20_000,
      })
      .toBe('arrived');
    expect(stack.mailbox.messages().length).toBeGreaterThan(before);
    // The page of the journey still renews itself.
    const other = await page.context().newPage();
    await other.goto(`${web.origin}/equipe`);
    expect(await other.innerText('main')).toContain('lundi 18 janvier 2027');
  });
});

describe('design §10: the pages of people at work', () => {
  for (const { width, scheme } of LOOKS) {
    test(`axe finds nothing and nothing scrolls sideways at ${width} px, ${scheme}`, async () => {
      const { caseId } = await submit(town, { danger: scheme === 'dark', story: 'x'.repeat(400) });
      const page = await openPage(browser, { width, scheme, script: true });
      await enterAs(page, 'Nadège Kerlidou');
      const actions = ['question', 'reorienter', 'accepter', 'clore', 'arreter', 'danger'].map(
        (slug) => `/equipe/demandes/${caseId}/${slug}`,
      );
      for (const path of [
        '/demo',
        '/demo/pieces',
        '/demo/pieces/formulaire',
        '/demo/pieces/suivi',
        '/demo/pieces/confirmation',
        '/equipe',
        `/equipe/demandes/${caseId}`,
        ...actions,
      ]) {
        await page.goto(`${web.origin}${path}`);
        await looksRight(page, path);
      }
      await page.context().close();
    });
  }
});

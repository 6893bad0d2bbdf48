import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAccounts } from '../../src/accounts/accounts.ts';
import { inviteAdministrator } from '../../src/accounts/invite-administrator.ts';
import { createLog } from '../../src/log.ts';
import { codeOf, PASSWORD } from '../support/accounts.ts';
import { LOOKS, looksRight, openBrowser, openPage } from '../support/browser.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('sign-in');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

const EMAIL = 'premiere@val-riviere.example';
const press = (page: Page) => page.click('main form .button');
const path = (page: Page) => new URL(page.url()).pathname;

/** As the command line does it, in a process of its own. */
async function invitationByOperator(): Promise<string> {
  const accounts = await openAccounts({
    url: town.database.url('passerelle_auth'),
    secret: town.keys.derived('accounts').export().toString('base64'),
    baseUrl: web.origin,
    trustedOrigins: () => [],
    secureCookies: false,
    demo: false,
    log: createLog('test', 'silent'),
  });
  const { slug } = await town.owner.selectFrom('town').select('slug').executeTakeFirstOrThrow();
  const person = { townSlug: slug, email: EMAIL, firstName: 'Première', lastName: 'Personne' };
  const code = await inviteAdministrator(town.database.adminUrl, accounts, person);
  await accounts.close();
  return code ?? '';
}

async function acceptInvitation(page: Page, code: string): Promise<void> {
  await page.goto(`${web.origin}/invitation`);
  await page.fill('#token', code);
  await page.fill('#password', PASSWORD);
  await press(page);
}

async function typePassword(page: Page, email: string): Promise<void> {
  await page.fill('#email', email);
  await page.fill('#password', PASSWORD);
  await press(page);
}

/** @returns the secret an authenticator application would have read. */
async function enrol(page: Page): Promise<string> {
  await page.fill('#password', PASSWORD);
  await press(page);
  const secret = (await page.innerText('code')).replaceAll(/\s/g, '');
  await page.fill('#code', await codeOf(secret, -1));
  await press(page);
  return secret;
}

describe('accounts of people at work, without script', () => {
  test('R89: the first administrator comes in with an invitation, a password and a code, and nowhere without the code', async () => {
    const page = await openPage(browser, { width: 360, scheme: 'light' });
    await page.goto(`${web.origin}/equipe`);
    expect(path(page)).toBe('/connexion');
    await acceptInvitation(page, 'un-code-devine');
    expect(await page.innerText('.field-wrong')).toContain('Ce code ne sert plus');
    expect(await page.inputValue('#token')).toBe('un-code-devine');
    await acceptInvitation(page, await invitationByOperator());
    expect(path(page)).toBe('/connexion');

    await page.fill('#email', EMAIL);
    await page.fill('#password', 'pas le bon mot de passe');
    await press(page);
    expect(await page.innerText('.field-wrong')).toContain('ne convient pas');
    expect(await page.inputValue('#email')).toBe(EMAIL);
    await typePassword(page, EMAIL);
    expect(path(page)).toBe('/connexion/activer');
    for (const closed of ['/equipe', '/administration']) {
      await page.goto(`${web.origin}${closed}`);
      expect(path(page)).toBe('/connexion/activer');
    }
    await page.fill('#password', PASSWORD);
    await press(page);
    await page.fill('#code', '000000');
    await press(page);
    expect(await page.innerText('.field-wrong')).toContain('Ce code ne convient pas');
    await page.click('a:has-text("Recommencer")');
    const secret = await enrol(page);
    expect(path(page)).toBe('/administration');

    await page.click('button:has-text("Sortir")');
    expect(path(page)).toBe('/connexion');
    await page.goBack();
    await page.reload();
    expect(path(page)).toBe('/connexion');
    await typePassword(page, EMAIL);
    expect(path(page)).toBe('/connexion/code');
    await page.fill('#code', await codeOf(secret, 0));
    await press(page);
    expect(path(page)).toBe('/administration');
    const events = await town.owner.selectFrom('account_event').select('code').orderBy('id').execute();
    expect(events.map(({ code }) => code)).toEqual(['invited', 'second_factor_on', 'signed_in', 'signed_in']);
  });

  test('line 4: an administrator opens and ends accesses, and finds no case', async () => {
    const { caseId, number } = await submit(town);
    const admin = await openPage(browser, { width: 1280, scheme: 'light' });
    await acceptInvitation(admin, await invitationByOperator());
    await town.owner.selectFrom('person').select('id').execute();
    await admin.goto(`${web.origin}/demo`);
    await admin.click('li:has-text("administration") button');
    expect(path(admin)).toBe('/administration');
    const closed = await admin.goto(`${web.origin}/equipe/demandes/${caseId}`);
    expect(closed?.status()).toBe(404);
    expect(await admin.content()).not.toContain(number);

    await admin.goto(`${web.origin}/administration`);
    await admin.click('a:has-text("Awa Diarrassy")');
    await press(admin);
    expect(await admin.innerText('.error-summary')).toContain('Choisissez');
    await admin.check('input[value="invite"]');
    await press(admin);
    const code = await admin.innerText('code');
    // She learns of it in her own mailbox, whoever holds the code.
    const told = await town.owner.selectFrom('mail').select(['template', 'person_id']).execute();
    expect(told).toContainEqual({ template: 'invitation', person_id: town.person('M1') });
    const awa = await openPage(browser, { width: 360, scheme: 'light' });
    await acceptInvitation(awa, code);
    const { email } = await town.owner
      .selectFrom('person')
      .select('email')
      .where('id', '=', town.person('M1'))
      .executeTakeFirstOrThrow();
    await typePassword(awa, email);
    await enrol(awa);
    expect(await awa.innerText('h1')).toBe('À faire');
    expect((await awa.goto(`${web.origin}/administration`))?.status()).toBe(404);

    await admin.goto(`${web.origin}/administration/personnes/${town.person('M1')}`);
    expect(await admin.innerText('main')).toContain('peut entrer');
    await admin.check('input[value="end"]');
    await press(admin);
    expect(await admin.innerText('main')).toContain('L’accès est fermé');
    await awa.goto(`${web.origin}/equipe`);
    expect(path(awa)).toBe('/connexion');
    await typePassword(awa, email);
    expect(path(awa)).toBe('/connexion/code');
    await admin.check('input[value="restore"]');
    await press(admin);
    expect(await admin.innerText('main')).toContain('L’accès est rouvert');
    await admin.check('input[value="lost_phone"]');
    await press(admin);
    const renewed = await admin.innerText('code');
    expect(renewed).not.toBe(code);
    await acceptInvitation(awa, renewed);
    await typePassword(awa, email);
    expect(path(awa)).toBe('/connexion/activer');
  });
});

describe('design §10: the pages around signing in', () => {
  for (const { width, scheme } of LOOKS) {
    test(`axe finds nothing and nothing scrolls sideways at ${width} px, ${scheme}`, async () => {
      const page = await openPage(browser, { width, scheme, script: true });
      const look = () => looksRight(page, path(page));
      await acceptInvitation(page, 'x');
      await look();
      await page.goto(`${web.origin}/demo`);
      await page.click('li:has-text("administration") button');
      await look();
      await page.goto(`${web.origin}/administration/personnes/${town.person('M2')}`);
      await press(page);
      await look();
      await page.check('input[value="invite"]');
      await press(page);
      await look();
      const code = await page.innerText('code');
      await page.click('button:has-text("Sortir")');
      await acceptInvitation(page, code);
      await typePassword(page, 'julien.marcastel@val-riviere.example');
      await look();
      await page.fill('#password', PASSWORD);
      await press(page);
      await look();
    });
  }
});

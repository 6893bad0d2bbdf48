import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { beginAgreements } from '../../src/parties/record-agreement.command.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { A_NEIGHBOUR, Carried } from '../support/agreements.ts';
import { LOOKS, looksRight, openBrowser, openPage } from '../support/browser.ts';
import { takeDueSteps } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// The desk types, the slip is handed over: a person without an e-mail address follows the whole case with that paper alone (R28, R93).

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('paper-slip');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

async function enterAs(page: Page, name: string): Promise<void> {
  await page.goto(`${web.origin}/demo`);
  await page.click(`li:has-text("${name}") button`);
}
const confirm = (page: Page) => page.click('main form .button');
const main = (page: Page) => page.innerText('main');

/** What is told at the desk, by somebody without a phone and without an address of any kind. */
async function typeAtTheDesk(page: Page): Promise<void> {
  await page.goto(`${web.origin}/equipe/saisie`);
  await page.click('a[href="/equipe/saisie?besoin=person"]');
  await page.check('input[name="channel"][value="desk"]');
  await page.check('input[name="agreed"][value="oral"]');
  await page.check('input[name="danger"][value="no"]');
  await page.check('input[name="categories"][value="BRUIT"]');
  await page.check('input[name="quarter"][value="PEU"]');
  await page.fill('textarea[name="story"]', 'Les bruits de pas, la nuit.');
  await page.fill('input[name="first_name"]', 'Ysolde');
  await page.check('input[name="contact_ways"][value="desk"]');
  await page.check('input[name="age_group"][value="adult"]');
  for (const name of ['accept_contact', 'read_notice', 'accept_evaluation']) await page.check(`input[name="${name}"]`);
}

async function slipOf(page: Page): Promise<{ address: string; code: string; number: string }> {
  const coming = page.waitForEvent('download');
  await page.click('form[action="/equipe/saisie/recu.pdf"] button');
  const bytes = await readFile(await (await coming).path());
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  const found = (pattern: RegExp) => pattern.exec(text)?.[0] ?? '';
  return {
    address: found(/127\.0\.0\.1:\d+\/suivi/),
    code: found(/(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/),
    number: found(/MS-2027-\d{5}/),
  };
}

test('R27, R28, R93: typed at the desk; with the slip alone: state, message, agreement, opinion, the way to stop', async () => {
  const desk = await openPage(browser, { width: 1280, scheme: 'light' });
  await enterAs(desk, 'Nadège Kerlidou');
  await typeAtTheDesk(desk);
  await desk.click('main form[action="/equipe/saisie"] .buttons button');
  expect(new URL(desk.url()).pathname).toBe('/equipe/saisie/recu');
  expect(await main(desk)).toContain('À la permanence');
  const slip = await slipOf(desk);
  await desk.reload();
  expect(await main(desk)).toContain('Le code a déjà été montré.');

  const page = await openPage(browser, { width: 360, scheme: 'light' });
  await page.goto(`http://${slip.address}`);
  await page.fill('input[name="code"]', slip.code.toLowerCase());
  await confirm(page);
  expect(await main(page)).toContain(slip.number);
  expect(await main(page)).toContain('Nous avons bien reçu votre demande.');
  await page.fill('textarea[name="message"]', 'Je viens mardi.');
  await page.click('form[action="/suivi/message"] button');
  expect(await main(page)).toContain('Je viens mardi.');

  const { id: caseId } = await town.owner.selectFrom('mediation_case').select('id').where('number', '=', slip.number).executeTakeFirstOrThrow(); // prettier-ignore
  await takeDueSteps(town, caseId);
  const written = await town.owner.selectFrom('mail').select('template').where('case_id', '=', caseId).where('person_id', 'is', null).execute(); // prettier-ignore
  expect(written.filter(({ template }) => template !== 'day')).toEqual([]);

  const carried = new Carried(town);
  await carried.toContactOf(caseId);
  await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester') });
  await page.goto(`${web.origin}/suivi/accord`);
  await page.check('input[name="understood"]');
  await page.check('input[name="take_part"][value="yes"]');
  await page.check('input[name="contact_other"]');
  if (await page.locator('input[name="recontact"]').count()) await page.check('input[name="recontact"]');
  await page.click('button:has-text("Envoyer ma réponse")');
  expect(await main(page)).not.toContain('Il manque');

  await beginAgreements(carried.web, carried.mediator(), caseId);
  await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  await page.goto(`${web.origin}/suivi/demande`);
  expect(await main(page)).toContain('médiation');
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await carried.news('m1');
  await beginEvaluation(carried.web, carried.mediator(), caseId);
  await page.goto(`${web.origin}/suivi/avis`);
  await page.check('input[name="listened"][value="5"]');
  await page.check('input[name="situation"][value="better"]');
  await confirm(page);
  expect(await main(page)).toContain('Votre avis est reçu');

  await page.goto(`${web.origin}/suivi/arreter`);
  await page.check('input[value="stop"]');
  await page.click('form[action="/suivi/arreter"] button');
  expect(await main(page)).toContain('Votre demande est arrêtée.');
});

describe('design §10: the pages of other doors', () => {
  for (const { width, scheme } of LOOKS)
    test(`axe finds nothing and nothing scrolls sideways at ${width} px, ${scheme}`, async () => {
      const page = await openPage(browser, { width, scheme, script: true });
      const looks = async (at: string) => {
        await looksRight(page, at);
        if (process.env['SCREENSHOTS'])
            await page.screenshot({ path: `${process.env['SCREENSHOTS']}/doors-${at}-${width}-${scheme}.png`, fullPage: true }); // prettier-ignore
      };
      await enterAs(page, 'Nadège Kerlidou');
      await page.goto(`${web.origin}/equipe/affiches`);
      await looks('posters');
      await page.goto(`${web.origin}/equipe/saisie`);
      await looks('door');
      await page.click('a[href="/equipe/saisie?besoin=service"]');
      await looks('entry');
      await page.click('main form[action="/equipe/saisie"] .buttons button');
      await looks('faults');
      await typeAtTheDesk(page);
      await page.click('main form[action="/equipe/saisie"] .buttons button');
      await looks('entered');
      await page.reload();
      await looks('shown');
      await page.context().close();
    });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRight } from '../../src/rights/settle-right.command.ts';
import { Carried } from '../support/agreements.ts';
import { openBrowser, openPage, sidewaysScroll } from '../support/browser.ts';
import { codeOfParty } from '../support/party-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

let town: TestTown;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('rights-journey');
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

const main = async (page: Page) => (await page.innerText('main')).replaceAll(/\s+/gu, ' ');
async function entered(page: Page): Promise<Carried> {
  const carried = new Carried(town);
  await carried.toAgreements();
  await page.goto(`${web.origin}/suivi`);
  await page.fill('input[name="code"]', await codeOfParty(town, await carried.partyId('other')));
  await page.click('form[action="/suivi"] button');
  return carried;
}

describe('F15, R82: « Mes droits » in a browser', () => {
  for (const script of [false, true])
    test(`asked, answered and read at 360 px, script ${script ? 'on' : 'off'}`, async () => {
      const page = await openPage(browser, { width: 360, scheme: 'light', script });
      const carried = await entered(page);
      await page.click('a[href="/suivi/droits"]');
      expect(await page.locator('input:checked').count()).toBe(0);
      await page.click('form[action="/suivi/droits"] button');
      expect(await main(page)).toContain('Choisissez ce que vous demandez');
      await page.check('input[name="right"][value="access"]');
      await page.check('input[name="reply"][value="page"]');
      await page.click('form[action="/suivi/droits"] button');
      expect(await main(page)).toContain('Votre demande est reçue');
      expect(await main(page)).toContain('avant la fin du jeudi 11 février');
      const { id } = await town.owner.selectFrom('rights_request').select('id').where('case_id', '=', carried.caseId).executeTakeFirstOrThrow(); // prettier-ignore
      const answer = { caseId: carried.caseId, requestId: id, answer: 'Voici votre copie.', erase: [] };
      await answerRight(carried.web, carried.leader(), answer);
      await page.reload();
      expect(await main(page)).toContain('Voici votre copie.');
      const download = page.waitForEvent('download');
      await page.click(`a[href="/suivi/droits/${id}/copie"]`);
      expect((await download).suggestedFilename()).toMatch(/^MS-2027-\d{5}\.pdf$/);
      expect(await sidewaysScroll(page)).toBe(0);
      await page.context().close();
    });
});

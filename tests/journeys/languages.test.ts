import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { languageFacts, type Locale, locales } from '../../src/i18n/languages.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { beginAgreements } from '../../src/parties/record-agreement.command.ts';
import { A_NEIGHBOUR, Carried } from '../support/agreements.ts';
import { looksRight, openBrowser, openPage, sidewaysScroll } from '../support/browser.ts';
import { takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// §4.8, on a phone of 360 px, in each language, with and without script: request, receipt, follow page, agreement, questionnaire. The team's part
// is done by its commands.

let town: TestTown;
let clock: TownClock;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('languages-journey');
  clock = new TownClock(town);
  [web, browser] = await Promise.all([startWeb(town), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await town?.close();
});

/** At the page as it stands; with axe where it is heaviest: colours and structure do not change with the language. */
type Look = (axe?: 'axe') => Promise<void>;
const CASES = locales.flatMap((locale) => [true, false].map((script) => ({ locale, script })));

async function sendsRequest(page: Page, locale: Locale, look: Look): Promise<string> {
  const next = () => page.click('form button[value="next"]:not([aria-hidden])');
  await page.goto(web.origin);
  await page.click(`.languages >> text="${languageFacts[locale].ownName}"`);
  await look();
  await page.click('a[href="/demande?besoin=person"]');
  await page.check('input[name="danger"][value="no"]');
  await next();
  await next();
  await look('axe');
  await page.check('input[name="categories"][value="BRUIT"]');
  await next();
  await look();
  await page.check('input[name="quarter"][value="PEU"]');
  await next();
  await next();
  await look();
  await next();
  await page.fill('input[name="first_name"]', 'Rosa');
  await page.check('input[name="contact_ways"][value="phone"]');
  await page.fill('input[name="phone"]', '06 39 98 12 34');
  await next();
  await look('axe');
  await page.check('input[name="age_group"][value="adult"]');
  for (const box of ['accept_contact', 'read_notice', 'accept_evaluation']) await page.check(`input[name="${box}"]`);
  await next();
  expect(new URL(page.url()).pathname).toBe('/demande/recu');
  await look();
  return (await page.innerText('.code')).replaceAll(/[^0-9A-Z]/g, '');
}

/** « Être rappelé avec un interprète », before or beside any request (§4.8). */
async function asksForCall(page: Page, look: Look): Promise<void> {
  await page.goto(`${web.origin}/rappel`);
  await look();
  await page.check('input[name="spoken_language"][value="zgh"]');
  await page.fill('input[name="phone"]', '06 39 98 12 34');
  await page.check('input[name="moments"][value="any"]');
  await page.click('form[action="/rappel"] button:not([aria-hidden])');
  expect(new URL(page.url()).pathname).toBe('/rappel/recu');
  await look();
}

/** The case as far as the requester is asked for an agreement by the code. */
async function carriedTo(number: string): Promise<Carried> {
  const carried = new Carried(town);
  const { id } = await town.owner.selectFrom('mediation_case').select('id').where('number', '=', number).executeTakeFirstOrThrow(); // prettier-ignore
  carried.caseId = id;
  const web_ = carried.web;
  await acceptCase(web_, carried.leader(), { caseId: id, domain: 'social', complexity: 'standard', tension: 2 });
  await assignMediator(web_, carried.leader(), { caseId: id, mediatorId: town.person('M1') });
  await acceptAssignment(web_, carried.mediator(), id);
  await noteContact(web_, carried.mediator(), { caseId: id, way: 'phone', reached: true });
  const partyId = await carried.partyId('requester');
  await askForAgreement(web_, carried.mediator(), { caseId: id, partyId });
  return carried;
}

async function agrees(page: Page, carried: Carried, locale: Locale): Promise<void> {
  await page.goto(`${web.origin}/suivi/accord`);
  if (languageFacts[locale].checked) {
    await page.check('input[name="understood"]');
    for (const name of ['take_part', 'contact_other', 'recontact'])
      await page.check(`input[name="${name}"][value="yes"]`);
    await page.click('form[action="/suivi/accord"] button:not([aria-hidden])');
    await beginAgreements(carried.web, carried.mediator(), carried.caseId);
  } else {
    expect(await page.locator('input[name="take_part"]').count()).toBe(0);
    await page.goto(`${web.origin}/suivi/demande`);
    await page.click('form[action="/suivi/interprete"] button');
    expect(new URL(page.url()).search).toBe('?interprete');
    await carried.says('requester', { language: languageFacts[locale].tag === 'fr' ? 'fr' : languageFacts[locale].tag as 'ar', interpreterRef: 'Interprète n° 12' }); // prettier-ignore
  }
}

/** Both sides agreed, met and were asked how it is: the questionnaires are open. */
async function toQuestionnaire(carried: Carried): Promise<void> {
  const { caseId } = carried;
  await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await carried.news('m1');
  await beginEvaluation(carried.web, carried.mediator(), caseId);
  await clock.forward(3);
  await takeDueSteps(town, caseId);
}

const TITLE = '§4.8: in $locale, script $script, nothing is wider than the screen, and axe finds nothing on the form and the follow page'; // prettier-ignore
test.each(CASES)(TITLE, { timeout: 120_000 }, async ({ locale, script }) => {
  const page = await openPage(browser, { width: 360, scheme: 'light', script });
  const { tag, direction } = languageFacts[locale];
  const look: Look = async (axe) => {
    const here = page.url();
    expect([here, await page.getAttribute('html', 'lang'), await page.getAttribute('html', 'dir')]).toEqual([here, tag, direction]); // prettier-ignore
    if (script && axe) await looksRight(page, here);
    else expect([here, await sidewaysScroll(page)]).toEqual([here, 0]);
  };
  const code = await sendsRequest(page, locale, look);
  const number = /MS-\d{4}-\d{5}/.exec(await page.innerText('.slip'))?.[0] ?? '';
  await asksForCall(page, look);
  const carried = await carriedTo(number);
  await page.goto(`${web.origin}/suivi`);
  await page.fill('input[name="code"]', code);
  await page.click('form[action="/suivi"] button:not([aria-hidden])');
  expect(new URL(page.url()).pathname).toBe('/suivi/demande');
  await look('axe');
  await agrees(page, carried, locale);
  await look();
  await toQuestionnaire(carried);
  await page.goto(`${web.origin}/suivi/avis`);
  await look('axe');
  await page.check('input[name="listened"][value="5"]', { force: true });
  await page.click('form[action="/suivi/avis"] button:not([aria-hidden])');
  await look();
  const kept = town.owner.selectFrom('mediation_case').select('ui_language').where('number', '=', number);
  expect((await kept.executeTakeFirstOrThrow()).ui_language).toBe(locale);
  await page.context().close();
});

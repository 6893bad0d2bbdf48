import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { noteSession } from '../../src/sessions/note-session.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { LOOKS, looksRight, openBrowser, openPage } from '../support/browser.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// The procedure as its people see it, in a real browser (spec §5.5 a and d; design §10).

let town: TestTown;
let stack: Stack;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  town = await testTown('procedure-pages');
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
const SAID = 'Le bruit, la nuit.';

async function codeOf(caseId: string): Promise<string> {
  const access = await town.owner
    .selectFrom('access')
    .select('id')
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'party_code')
    .executeTakeFirstOrThrow();
  return formatCode(partyCode(town.keys, access.id));
}
async function openWith(page: Page, code: string): Promise<void> {
  await page.goto(`${web.origin}/suivi`);
  await page.fill('input[name="code"]', code);
  await confirm(page);
}

test('R29, R30: the mediator writes an agreement and adds the other side; that side says yes, reads its appointment, and stops', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const address = `${web.origin}/equipe/demandes/${caseId}`;
  const page = await openPage(browser, { width: 360, scheme: 'light' });
  await enterAs(page, 'Awa Diarrassy');
  await page.goto(`${address}/accord`);
  for (const box of await page.locator('input[name="explained"]').all()) await box.check();
  await page.check('input[name="takePart"][value="yes"]');
  await page.check('input[name="contactOther"]');
  await page.fill('textarea[name="maySay"]', SAID);
  await page.check('input[name="mode"][value="oral"]');
  await confirm(page);
  expect(await page.innerText('.case-chips >> nth=0')).toContain('Recueil des accords');
  await page.goto(`${address}/partie`);
  await page.check('input[name="kind"][value="person"]');
  await page.fill('input[name="name"]', 'Farid Aubertin');
  await confirm(page);
  expect(await page.innerText('main')).toContain('Farid Aubertin');
  await page.goto(`${address}/mediation`);
  expect(await page.innerText('main')).not.toContain('Confirmer');

  const other = await openPage(browser, { width: 360, scheme: 'light' });
  await openWith(other, await codeOf(caseId));
  expect(await other.innerText('main')).toContain(SAID);
  expect(await other.innerText('main')).not.toContain('Rosa');
  await other.check('input[name="understood"]');
  await other.check('input[name="take_part"][value="yes"]');
  await other.click('button:has-text("Envoyer ma réponse")');
  expect(await other.innerText('main')).toContain('Votre réponse est reçue.');

  await page.goto(`${address}/mediation`);
  await confirm(page);
  expect(await page.innerText('.case-chips >> nth=0')).toContain('Médiation en cours');
  await page.goto(`${address}/rencontre`);
  await page.check('input[name="sessionMode"][value="joint"]');
  for (const box of await page.locator('input[name="parties"]').all()) await box.check();
  await page.fill('input[name="day"]', '25 janvier');
  await page.fill('input[name="hour"]', '14 h 30');
  await page.selectOption('select[name="minutes"]', '60');
  await page.fill('input[name="place"]', 'Salle du Lavoir');
  await confirm(page);
  await stack.calm();

  await other.goto(`${web.origin}/suivi/participation`);
  expect(await other.innerText('main')).toContain('Salle du Lavoir');
  await other.click('a:has-text("Arrêter ma participation")');
  await other.check('input[value="stop"]');
  await confirm(other);
  expect(await other.innerText('main')).toContain('Votre participation est arrêtée.');
  await page.goto(address);
  expect(await page.innerText('.case-chips >> nth=0')).toContain('Accompagnement seul');
  expect(await page.innerText('main')).toContain('Annulée');
  await stack.calm();
});

test('R63, scenario a: a landlord answers from its mail, in one screen', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const { id: organisationId } = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'O11')
    .executeTakeFirstOrThrow();
  await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId,
    urgency: 'standard',
    question: 'Quand la porte sera-t-elle réparée ?',
  });
  await stack.calm();
  const page = await openPage(browser, { width: 360, scheme: 'light' });
  const mail = stack.mailbox.messages().findLast(({ to }) => to.includes('@o11.'));
  const pointer = /\/partenaire\/[0-9a-f-]{36}/.exec(mail?.text ?? '')?.[0] ?? '';
  await page.goto(`${web.origin}${pointer}`);
  const before = stack.mailbox.messages().length;
  await confirm(page);
  await expect.poll(() => stack.mailbox.messages().length, { timeout: 15_000 }).toBeGreaterThan(before);
  const code =
    /\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b/.exec(stack.mailbox.messages().at(-1)?.text ?? '')?.[1] ?? '';
  await page.fill('input[name="code"]', code);
  await confirm(page);
  expect(await page.innerText('main')).toContain('Quand la porte sera-t-elle réparée');
  await page.check('input[name="reply"][value="in_hand"]');
  await page.fill('input[name="action_on"]', '25 janvier');
  await page.click('button:has-text("Envoyer la réponse")');
  expect(await page.innerText('main')).toContain('Votre réponse est reçue.');
  await stack.calm();
});

describe('design §10: the team’s pages of the procedure', () => {
  for (const { width, scheme } of LOOKS) {
    test(`axe finds nothing and nothing scrolls sideways at ${width} px, ${scheme}`, async () => {
      const carried = new Carried(town);
      const caseId = await carried.toAgreements();
      await carried.says('requester', { maySay: SAID });
      const look = async (page: Page, path: string) => {
        await page.goto(`${web.origin}${path}`);
        await looksRight(page, path);
      };
      await carried.says('other');
      await beginMediation(carried.web, carried.mediator(), caseId);
      const partyIds = [await carried.partyId('requester'), await carried.partyId('other')];
      const when = { day: '25/01/2027', hour: '14h30', minutes: 60, place: 'Salle du Lavoir' };
      await planSession(carried.web, carried.mediator(), {
        caseId,
        mode: 'joint',
        partyIds,
        ...when,
      });
      const { id: organisationId } = await town.owner
        .selectFrom('organisation')
        .select('id')
        .where('code', '=', 'O09')
        .executeTakeFirstOrThrow();
      await askPartner(carried.web, carried.mediator(), {
        caseId,
        organisationId,
        urgency: 'standard',
        question: 'Une salle ?',
      });
      const team = await openPage(browser, { width, scheme, script: true });
      await enterAs(team, 'Awa Diarrassy');
      const act = (slug: string) => `/equipe/demandes/${caseId}/${slug}`;
      for (const slug of [
        'accord',
        'note',
        'rencontre',
        'deplacer',
        'solliciter',
        'reponse-partenaire',
        'suivi',
        'pause',
        'retrait',
        'informer',
      ])
        await look(team, act(slug));
      await noteSession(carried.web, carried.mediator(), {
        caseId,
        mode: 'joint',
        day: '11/01/2027',
        hour: '9h',
        minutes: 60,
        present: partyIds,
        interpreter: false,
        tensionBefore: 3,
        tensionAfter: 1,
        registers: ['REG2'],
        topics: ['BRUIT'],
        note: 'Chacun a parlé.',
        progress: 'agreement',
        safetyAlert: false,
        commitments: [{ row: 1, partyId: partyIds[1] ?? '', what: 'Baisser le son.', byDay: '1/02/2027' }],
      });
      await look(team, `/equipe/demandes/${caseId}`);
      await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'ACCORD_ORAL' });
      await look(team, act('nouvelles'));
      await carried.news('m1');
      await beginEvaluation(carried.web, carried.mediator(), caseId);
      await look(team, act('bilan'));
      if (process.env['SCREENSHOTS']) {
        const shot = (page: Page, name: string) =>
          page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}-${width}-${scheme}.png`, fullPage: true });
        await team.goto(`${web.origin}/equipe/demandes/${caseId}`);
        await shot(team, 'case');
        for (const slug of ['note', 'accord', 'rencontre']) {
          await team.goto(`${web.origin}${act(slug)}`);
          await shot(team, slug);
        }
      }
      await team.context().close();
    });
  }
});

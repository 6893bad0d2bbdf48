import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clamdScanner } from '../../src/attachments/clamd.ts';
import { MAX_FILE_BYTES } from '../../src/attachments/file-limits.ts';
import { CaseText } from '../../src/cases/case-text.ts';
import { Carried } from '../support/agreements.ts';
import { check, piecesOf } from '../support/attached.ts';
import { looksRight, openBrowser, openPage, sidewaysScroll } from '../support/browser.ts';
import { startClamd, type TestClamd } from '../support/clamd.ts';
import { heavyPhoto, heic, photo, picture } from '../support/files.ts';
import { codeOfParty } from '../support/party-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// R97 in a browser: a photo from the receipt without script, a recording with it, the other party's page, the team that opens both.

let town: TestTown;
let web: Web;
let browser: Browser;
let clamd: TestClamd;
beforeAll(async () => {
  town = await testTown('attached');
  [web, browser, clamd] = await Promise.all([
    startWeb(town),
    openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']),
    startClamd(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await clamd?.stop();
  await town?.close();
});

const jpeg = (buffer: Buffer, name = 'palier.jpg') => ({ name, mimeType: 'image/jpeg', buffer });

test('R97: from the receipt, without script: HEIC is refused with what to do, a photo is sent, taken back, sent again', async () => {
  const page = await openPage(browser, { width: 360, scheme: 'light' });
  const next = () => page.click('form button[value="next"]');
  await page.goto(`${web.origin}/demande?besoin=person`);
  await page.check('input[name="danger"][value="no"]');
  await next();
  await next();
  await page.check('input[name="categories"][value="BRUIT"]');
  await next();
  await page.check('input[name="quarter"][value="PEU"]');
  await next();
  await next();
  await page.check('input[name="spoken_language"][value="fr"]');
  await next();
  await page.fill('input[name="first_name"]', 'Rosa');
  await page.check('input[name="contact_ways"][value="phone"]');
  await page.fill('input[name="phone"]', '06 39 98 12 34');
  await next();
  await page.check('input[name="age_group"][value="adult"]');
  await page.check('input[name="accept_contact"]');
  await page.check('input[name="read_notice"]');
  await next();
  expect(await page.isVisible('.big-check > .pictogram')).toBe(true);
  expect(await sidewaysScroll(page)).toBe(0);
  await page.click('a[href="/demande/recu/pieces"]');
  expect(await page.innerText('main')).toContain('Jamais de visage');

  const sendFile = async (file: ReturnType<typeof jpeg>) => {
    await page.setInputFiles('input[name="files"]', file);
    await page.click('form[action="/demande/recu/pieces"] button');
  };
  await sendFile({ name: 'IMG_0042.HEIC', mimeType: 'image/heic', buffer: heic() });
  expect(await page.innerText('#files-error')).toContain('capture d’écran');
  expect(await page.title()).toMatch(/^Il manque/);
  await sendFile(jpeg(await picture('jpeg'), 'erreur.jpg'));
  expect(await page.innerText('main')).toContain('erreur.jpg');
  await page.click('form[action$="/enlever"] button');
  expect(await page.innerText('main')).toContain('C’est effacé.');
  await sendFile(jpeg(await photo('CANARI')));
  expect(await page.innerText('main')).toContain('C’est envoyé.');
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await page.isVisible('[data-recorder]')).toBe(false);
  const { id: caseId } = await town.owner.selectFrom('mediation_case').select('id').executeTakeFirstOrThrow();
  expect((await piecesOf(town, caseId)).map(({ state }) => state)).toEqual(['removed', 'quarantined']);
}, 60_000);

test('R97, R29: with script both sides record a message, and the team hears it and opens a photo, once they are through', async () => {
  const one = new Carried(town);
  const caseId = await one.toAgreements();
  const page = await openPage(browser, { width: 360, scheme: 'dark', script: true });
  await page.goto(`${web.origin}/suivi`);
  await page.fill('input[name="code"]', await codeOfParty(town, await one.partyId('other')));
  await page.click('main form button:not([name="langue"])');
  await page.click('a[href="/suivi/participation/pieces"]');
  await looksRight(page, page.url());
  // Two presses while the browser still asks about the microphone begin one recording.
  await page.evaluate(`(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.asked = 0;
    navigator.mediaDevices.getUserMedia = async (what) => {
      window.asked += 1;
      await new Promise((later) => setTimeout(later, 500));
      return ask(what);
    };
  })()`);
  expect(await page.isVisible('text=Arrêter l’enregistrement')).toBe(false);
  for (let presses = 0; presses < 2; presses += 1) await page.click('text=Enregistrer >> visible=true');
  await page.waitForSelector('[role="status"]:has-text("L’enregistrement est en cours")');
  expect(await page.evaluate('window.asked')).toBe(1);
  await page.waitForTimeout(1_200);
  await page.click('text=Arrêter l’enregistrement');
  await page.waitForSelector('[role="status"]:has-text("Votre message est prêt")');
  expect(await page.isVisible('audio')).toBe(true);
  await looksRight(page, page.url());
  await page.click('text=Envoyer le message vocal');
  await page.waitForSelector('text=C’est envoyé.');
  // Sent while it still records, and twice: what was said so far is in it.
  await page.click('text=Enregistrer >> visible=true');
  await page.waitForSelector('[role="status"]:has-text("L’enregistrement est en cours")');
  await page.waitForTimeout(1_200);
  await page.evaluate(`(() => {
    const send = document.querySelector('form[action$="/vocal"] button[type=submit]');
    send.click();
    send.click();
  })()`);
  await page.waitForSelector('main .lines > li >> nth=1');
  await page.setInputFiles('input[name="files"]', jpeg(await picture('jpeg')));
  await page.click('form[action="/suivi/participation/pieces"] button');
  await page.waitForSelector('text=palier.jpg');
  await check(town, clamdScanner(clamd.address));
  expect((await piecesOf(town, caseId)).map(({ kind, media, state, antivirus }) => [kind, media, state, antivirus])).toEqual([
    ['voice', 'audio/webm', 'checked', 'clean'],
    ['voice', 'audio/webm', 'checked', 'clean'],
    ['image', 'image/jpeg', 'checked', 'clean'],
  ]); // prettier-ignore

  const team = await openPage(browser, { width: 1_200, scheme: 'light', script: true });
  await team.goto(`${web.origin}/demo`);
  await team.click('li:has-text("Awa Diarrassy") button');
  await team.goto(`${web.origin}/equipe/demandes/${caseId}`);
  expect(await team.innerText('main')).toContain('Contrôlé par l’antivirus');
  await looksRight(team, team.url());
  const download = team.waitForEvent('download');
  await team.click('text=Photo : palier.jpg');
  const file = readFileSync(await (await download).path());
  expect([file.subarray(0, 2).toString('hex'), (await download).suggestedFilename()]).toEqual([
    'ffd8',
    expect.stringMatching(/^piece-[0-9a-f]{8}\.jpg$/),
  ]);
  await team.click('text=Écouter');
  await looksRight(team, team.url());
  const seconds = await team.evaluate(`new Promise((resolve, reject) => {
    const sound = document.querySelector('audio');
    sound.onended = sound.ontimeupdate = () => sound.currentTime > 0.2 && resolve(sound.currentTime);
    sound.onerror = () => reject(new Error(sound.error?.message));
    sound.play().catch(reject);
  })`);
  expect(Number(seconds)).toBeGreaterThan(0.2);
}, 60_000);

test('R97: a photo over the limit is refused with advice; with script the device makes it smaller first, turned as it was', async () => {
  const one = new Carried(town);
  const caseId = await one.toAgreements();
  const code = await codeOfParty(town, await one.partyId('other'));
  const heavy = jpeg(await heavyPhoto(), 'DSC_0042.JPG');
  expect(heavy.buffer.length).toBeGreaterThan(MAX_FILE_BYTES);
  const sendHeavy = async (script: boolean) => {
    const page = await openPage(browser, { width: 360, scheme: 'light', script });
    await page.goto(`${web.origin}/suivi`);
    await page.fill('input[name="code"]', code);
    await page.click('main form button:not([name="langue"])');
    await page.click('a[href="/suivi/participation/pieces"]');
    await page.setInputFiles('input[name="files"]', [heavy, jpeg(await picture('jpeg'))]);
    await page.click('form[action="/suivi/participation/pieces"] button');
    return page;
  };
  const without = await sendHeavy(false);
  expect(await without.innerText('#files-error')).toMatch(/^DSC_0042\.JPG.*dépasse 5/);
  const smaller = await sendHeavy(true);
  await smaller.waitForSelector('text=C’est envoyé.');
  expect(await smaller.innerText('main')).toContain('DSC_0042.jpg');
  expect(await smaller.innerText('main')).toContain('palier.jpg');
  const [first, second] = (await piecesOf(town, caseId)).toSorted((one, other) => other.bytes - one.bytes);
  if (!first?.body) throw new Error('nothing stored');
  const row = await town.owner.selectFrom('mediation_case').select(['id', 'kid', 'wrapped_key as wrappedKey']).where('id', '=', caseId).executeTakeFirstOrThrow();
  const kept = new CaseText(town.keys, row).openFile('attachment_content', 'body', first.body);
  const { format, width, height } = await sharp(kept).metadata();
  expect([format, height > width, Math.max(width, height), second?.media]).toEqual(['jpeg', true, 2_400, 'image/jpeg']);
}, 60_000); // prettier-ignore

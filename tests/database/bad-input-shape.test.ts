import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { TownDirectory } from '../../src/http/town-of-request.ts';
import { openLimits } from '../../src/limits/limits.ts';
import { fieldsOf, SCREEN_ORDER, SCREENS } from '../../src/requests/screens.ts';
import { requestRoutes } from '../../src/requests/request.routes.tsx';
import {
  answersOf,
  change,
  CHOICES,
  FORM,
  formOf,
  looked,
  message,
  type Pairs,
  TEXTS,
  VALID,
} from '../support/f1-form.ts';
import { faultBeside, noticeOf, titleOf, valueOf } from '../support/form-page.ts';
import { testKeys } from '../support/keys.ts';
import { WIDE } from '../support/limits.ts';
import { columnNames, rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// security.md §6, B-21…B-26: what is posted around the answers. The table of the whole list stands in bad-input-request.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let form: ReturnType<typeof formOf>;
beforeAll(async () => {
  town = await testTown('badshape');
  app = await webApp(town);
  form = formOf(town, app);
});
afterAll(() => town.close());

describe('refused, and nothing is stored', () => {
  let before: string;
  beforeAll(async () => {
    before = await rowCounts(town.owner);
  });
  afterAll(async () => {
    expect(await rowCounts(town.owner)).toBe(before);
  });

  describe('B-21, T-23: fields that are not asked, and fields asked once that come twice', () => {
    for (const { name, screen } of [...TEXTS, ...CHOICES.filter(({ many }) => !many)]) {
      test(`${name} twice, alike or not`, async () => {
        // What nobody needs to tick is ticked here.
        const given = VALID[screen].find(([known]) => known === name);
        const [, own] = given ?? [name, 'yes'];
        const once: Pairs = given ? VALID[screen] : [...VALID[screen], [name, own]];
        for (const second of [own, 'autre', '']) {
          const html = await form.refused(screen, [...once, [name, second]], name, 'repeated');
          expect(String(valueOf(html, name))).toBe(own);
        }
      });
    }
    test('each column of each table, each field of another screen, and names that mean something to a program', async () => {
      const own = fieldsOf('story');
      const foreign = SCREEN_ORDER.flatMap((screen) => [...SCREENS[screen].one, ...SCREENS[screen].many]);
      const names = [
        ...(await columnNames(town.owner)), ...foreign, 'role', 'is_admin', '__proto__', 'constructor', 'prototype', 'hasOwnProperty', '__proto__[status]',
        '', ' ', 'story ', 'Story', 'story[]', 'story[0]', 'story[text]', 'story.text', 'draft[]', 'x'.repeat(10_000), '<script>alert(1)</script>', 'story\u0000',
      ].filter((name) => !own.includes(name) && !['draft', 'screen', 'go'].includes(name)); // prettier-ignore
      for (const name of new Set(names)) {
        const { status, html } = await form.post('story', [...VALID.story, [name, 'yes']]);
        expect({ name, status, notice: noticeOf(html).includes('autre chose que ses questions') }).toEqual({ name, status: 422, notice: true });
        expect([valueOf(html, 'story'), valueOf(html, 'relation')]).toEqual(['Les bruits de pas.', ['avoid']]);
      } // prettier-ignore
      expect(new Set(names).size).toBeGreaterThan(150);
    });
    test('the hidden fields and the button twice', async () => {
      for (const name of ['draft', 'screen', 'go']) {
        const { status, html } = await form.post('story', [...VALID.story, [name, 'story']]);
        expect(status).toBe(422);
        expect(valueOf(html, 'story')).toBe('Les bruits de pas.');
      }
    });
  });

  describe('B-23, T-35: many fields and long names cost nothing', () => {
    test.each([
      ['1,001 fields', Array.from({ length: 1_001 }, (_, n) => `categories=X${n}`).join('&'), 413],
      ['50,000 fields', 'a=1&'.repeat(50_000), 413],
      ['47,000 empty fields', `danger=no${'&'.repeat(47_000)}`, 413],
      ['a name of 90 kB', `${'x'.repeat(90_000)}=1`, 422],
      ['90 kB of percent signs', `danger=${'%'.repeat(90_000)}`, 422],
      ['90 kB of escapes', `danger=${'%00'.repeat(30_000)}`, 422],
    ])('%s', async (_name, body, status) => {
      await form.raw(body);
      const start = process.cpuUsage();
      for (let round = 0; round < 10; round += 1) expect((await form.raw(body)).status).toBe(status);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 10_000).toBeLessThan(20);
    });
    test('90 kB of a hostile sign in each text field are read at once', async () => {
      for (const { name, screen } of TEXTS) {
        for (const sign of ['\u0301', '\u200B', ' ', '\n', '@', '.', 'a.', '😀', '(']) {
          const typed = `x${sign.repeat(6_000)}`;
          const start = process.cpuUsage();
          await form.post(screen, change(screen, name, typed));
          const { user, system } = process.cpuUsage(start);
          expect({ name, sign, slow: (user + system) / 1_000 > 100 }).toEqual({ name, sign, slow: false });
        }
      }
    });
  });

  describe('B-24, B-25, B-26: what is no form', () => {
    const json = JSON.stringify({ danger: 'no', story: { formula: '1+1' }, categories: ['BRUIT'] });
    test.each([
      ['JSON', 'application/json', json],
      ['a type missing', '', 'danger=no'],
      ['text/plain', 'text/plain', 'danger=no'],
      ['multipart/mixed', 'multipart/mixed; boundary=x', '--x--'],
      ['multipart', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="danger"\r\n\r\nno\r\n--x--'],
      ['multipart in capitals', 'MULTIPART/FORM-DATA; BOUNDARY=x', '--x--'],
      ['two boundaries', 'multipart/form-data; boundary=x; boundary=y', '--y--'],
      ['a boundary of 5,000 signs', `multipart/form-data; boundary=${'x'.repeat(5_000)}`, '--x--'],
      ['multipart without an end', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="danger"\r\n\r\nn'],
      ['nested multipart', 'multipart/form-data; boundary=x', '--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--'],
      ['10,000 empty parts', 'multipart/form-data; boundary=x', '--x\r\n\r\n\r\n'.repeat(10_000)],
      ['a part header of 1 MB', 'multipart/form-data; boundary=x', `--x\r\nX: ${'y'.repeat(1_000_000)}\r\n\r\n\r\n--x--`],
      ['two types', 'application/json, application/x-www-form-urlencoded', 'danger=no'],
      ['a prefix of ours', 'application/x-www-form-urlencoded-not', 'danger=no'],
      ['another charset', 'application/x-www-form-urlencoded; charset=utf-16', 'danger=no'],
    ])('%s: 415', async (_name, type, body) => {
      const { status, html } = await looked(await form.raw(body, { 'content-type': type }));
      expect(status).toBe(415);
      expect(titleOf(html)).toContain('Ce formulaire n’a pas pu être lu');
    }); // prettier-ignore
    test('the form’s own type is read in capitals and with its charset', async () => {
      for (const type of ['APPLICATION/X-WWW-FORM-URLENCODED', 'application/x-www-form-urlencoded;charset=UTF-8']) {
        const answer = await form.raw(form.bodyOf('danger', VALID.danger), { 'content-type': type });
        expect({ type, status: answer.status }).toEqual({ type, status: 200 });
      }
    });
    test('B-26: a body cut on its way is 400', async () => {
      const cut = new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode('danger=no&story='));
          controller.error(new Error('aborted'));
        },
      });
      const request = new Request('http://localhost/demande', { method: 'POST', headers: FORM, body: cut, duplex: 'half' });
      expect((await looked(await app.request(request))).status).toBe(400);
    }); // prettier-ignore
  });

  describe('the hidden draft', () => {
    const sealed = () => form.draftOf();
    const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    test('changed by one sign anywhere, cut, doubled, empty, huge, of another server or town: the page has expired and keeps what was typed', async () => {
      const draft = sealed();
      const other = { ...newDraft(Date.now()), answers: answersOf(SCREEN_ORDER) };
      const wrong = [
        '', 'A', ' ', '\u0000', '__proto__', '😀', draft.slice(0, -1), draft.slice(8), draft + draft, 'A'.repeat(23_000), 'A'.repeat(80_000),
        ...[0, 1, 20, 40, Math.floor(draft.length / 2), draft.length - 2].map((at) => flip(draft, at)),
        sealDraft(testKeys(), town.townId, other), sealDraft(town.keys, crypto.randomUUID(), other),
      ]; // prettier-ignore
      for (const text of wrong) {
        const { status, html } = await form.post('story', VALID.story, text);
        expect({ text: text.slice(0, 20), status }).toEqual({ text: text.slice(0, 20), status: 422 });
        expect(noticeOf(html)).toContain('a expiré');
        expect(valueOf(html, 'story')).toBe('Les bruits de pas.');
      }
      const sent = await form.post('send', VALID.send, flip(draft, 30));
      expect([sent.status, valueOf(sent.html, 'age_group')]).toEqual([422, ['adult']]);
    });
    test('a draft that opens with answers nobody could give is checked again before anything is stored', async () => {
      for (const [name, value, key] of [['quarter', 'ZZZ', 'quarter'], ['need', 'nobody', 'need'], ['first_name', ' ', 'first_name'], ['phone', '112', 'phone_special'], ['story', 'a'.repeat(1_501), 'story']] as const) {
        const { status, html } = await form.post('send', VALID.send, form.draftOf([[name, value]]));
        expect({ name, status, said: faultBeside(html, name) }).toEqual({ name, status: 422, said: message(key) });
      } // prettier-ignore
    });
  });

  test('B-18, C-15: a refused form is logged by the names of our fields, never by what was typed', async () => {
    const ctx = town.context('passerelle_web');
    const towns = new TownDirectory(ctx.db);
    await towns.refresh();
    const logged: unknown[] = [];
    const keep = (...said: unknown[]) => void logged.push(said);
    const log = { info: keep, warn: keep, error: keep };
    const here = () => towns.all[0] ?? expect.unreachable();
    const counted = { limits: openLimits({ ...ctx, log }, WIDE), clientAddress: () => 'nobody' };
    const own = requestRoutes({ ...ctx, ...counted, town: here, log, followAddress: () => '' });
    const pairs = change('place', 'quarter', 'CANARY');
    await own.request('/demande', { method: 'POST', headers: FORM, body: form.bodyOf('place', pairs) });
    await own.request('/demande', { method: 'POST', headers: FORM, body: form.bodyOf('place', [...pairs, ['CANARY', 'CANARY']]) });
    expect(logged).toEqual([
      ['request_form_refused', { screen: 'place', fields: 'quarter' }],
      ['request_form_refused', { screen: 'place', fields: '' }],
    ]);
  }); // prettier-ignore

  test('bad percent-encoding and bytes that are no UTF-8 are text like any other, or said beside the field', async () => {
    for (const value of ['%', '%zz', '%E0%A4%A', '%FF%FE', '%C0%80', '%ED%A0%80']) {
      const { status } = await looked(await form.raw(`draft=${form.draftOf()}&screen=story&story=${value}&go=next`));
      expect({ value, status }).toEqual({ value, status: 200 });
      const other = await looked(await form.raw(`draft=${form.draftOf()}&screen=need&need=${value}&go=next`));
      expect(faultBeside(other.html, 'need')).toBe(message('need'));
    }
    const bytes = Buffer.from(`draft=${form.draftOf()}&screen=need&need=\u00ff\u00fe&go=next`, 'latin1');
    expect((await looked(await form.raw(new Uint8Array(bytes)))).status).toBe(422);
  });
});

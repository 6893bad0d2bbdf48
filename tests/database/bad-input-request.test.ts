import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCREEN_ORDER, SCREENS } from '../../src/requests/screens.ts';
import { change, CHOICES, encode, formOf, looked, message, TEXTS, VALID, without } from '../support/f1-form.ts';
import { faultBeside, noticeOf, titleOf, valueOf } from '../support/form-page.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

/*
 * security.md §6 on form F1, field by field. Where each line of the list is tested:
 *
 * B-01 B-02 B-03 B-14 B-15 B-18 B-45   here; B-03 and B-04 with the limits of spec F1 (a story of 1,500 signs, not 20,000)
 * B-21 B-23 B-24 B-25 B-26, the draft  bad-input-shape
 * B-04 B-05 B-07…B-12 B-37 B-38        strange-input: accepted, stored as typed, shown as text
 *   each of them on the forms of people at work: bad-input-staff; on /suivi: bad-input-follow; B-46, passwords: accounts*
 * B-16        no date is typed anywhere yet; the one number of days is a closed list: bad-input-staff
 * B-19        an address is free text that no machine reads yet, any is accepted: strange-input
 * B-28 B-29 B-30 B-32 B-33 B-34 B-35   bad-input-http, over real connections where the parser matters
 * B-34 B-52   sessions of accounts: own-cookies.test, accounts-sessions; of the follow page: bad-input-follow
 * B-39        floods: many about one place are one task, each accepted
 * B-40 B-41   bad-input-follow, B-18 with a second town too; time of an answer: bench:codes; signs of a code: src/privacy/privacy.test
 * B-44        limits
 * B-48 B-50 B-51   bad-input-http; nothing is sorted, paged or led on by an address yet
 * B-54        bad-input-staff: a page left open by somebody else, or on a case that has moved on
 * B-60…B-78   attachments, attachments-check (B-76: no text is ever read out of a picture), src/attachments, upload-body.test
 * B-80…B-92   mail: render.test, smtp-send, send-mail
 * B-93…B-95   no export yet; words in a PDF are text: src/pdf; a formula is kept as it was typed: strange-input
 */

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let form: ReturnType<typeof formOf>;
beforeAll(async () => {
  town = await testTown('badinput');
  app = await webApp(town);
  form = formOf(town, app);
});
afterAll(() => town.close());

test('every field of the form stands in one of the two tables above', () => {
  const fields = SCREEN_ORDER.flatMap((screen) => [...SCREENS[screen].one, ...SCREENS[screen].many]);
  expect([...TEXTS, ...CHOICES].map(({ name }) => name).toSorted()).toEqual(fields.toSorted());
  // `family` makes every request one in danger: it is ticked in family-danger.test.ts.
  expect(new Set(['family', ...SCREEN_ORDER.flatMap((screen) => VALID[screen].map(([name]) => name))])).toEqual(
    new Set(fields),
  );
});

describe('refused, and nothing is stored', () => {
  let before: string;
  beforeAll(async () => {
    before = await rowCounts(town.owner);
  });
  afterAll(async () => {
    expect(await rowCounts(town.owner)).toBe(before);
  });

  describe('B-01: nothing where something is asked', () => {
    test('an empty post names the first question and says that the page has expired', async () => {
      const { status, html } = await looked(await form.raw(''));
      expect(status).toBe(422);
      expect(faultBeside(html, 'danger')).toBe(message('danger'));
      expect(noticeOf(html)).toContain('a expiré');
    });
    for (const screen of SCREEN_ORDER) {
      test(`an empty screen « ${screen} » names every required field, once`, async () => {
        const required = [
          ...CHOICES.filter((choice) => choice.screen === screen && choice.required).map(({ name }) => [name, name]),
          ...(screen === 'contact' ? [['first_name', 'first_name']] : []),
        ];
        const { status, html } = await form.post(screen, []);
        expect(status).toBe(required.length === 0 ? 200 : 422);
        if (required.length === 0) return;
        for (const [name = '', key = ''] of required) expect(faultBeside(html, name)).toBe(message(key));
        expect(html.match(/class="field-error"/g)).toHaveLength(required.length);
      });
    }
    for (const { name, screen, missing } of TEXTS.filter((text) => text.missing)) {
      for (const [what, pairs] of [['absent', without(VALID[screen], name)], ['empty', change(screen, name, '')]] as const) {
        test(`${name} ${what}`, () => form.refused(screen, pairs, name, missing ?? ''));
      } // prettier-ignore
    }
    test('a draft without answers, sent at once, goes to the first question', async () => {
      const { status, html } = await form.post('send', VALID.send, form.draftOf([], []));
      expect(status).toBe(422);
      expect(faultBeside(html, 'danger')).toBe(message('danger'));
    });
  });

  describe('B-02: blanks of every kind are nothing', () => {
    const BLANKS = [
      ' ',
      '\t',
      '\r\n',
      '\u00A0',
      '\u3000',
      '\u200B',
      '\u2060\uFEFF',
      '\u3164',
      '\u115F',
      '\u2800',
      '\uFE0F',
      '\u0301',
      '\u202E',
      '\u0000',
    ];
    for (const { name, screen, missing } of TEXTS.filter((text) => text.missing)) {
      test(`${name} of blanks is missing`, async () => {
        for (const blank of [...BLANKS, BLANKS.join('')]) await form.refused(screen, change(screen, name, blank), name, missing ?? '');
      });
    } // prettier-ignore
  });

  describe('B-03: one sign too many is said, and the whole text stays', () => {
    for (const { name, screen, limit, tooLong } of TEXTS) {
      const tail = name === 'email' ? '@courriel.example' : '';
      const long = (signs: number) => (name === 'phone' ? '0'.repeat(signs) : 'é'.repeat(signs - tail.length) + tail);
      const lengths = name === 'story' ? [limit + 1, 10_000, 15_000] : [limit + 1, 5_000];
      for (const length of lengths) {
        test(`${name} of ${length} signs`, async () => {
          const typed = long(length);
          const html = await form.refused(screen, change(screen, name, typed), name, tooLong);
          expect(valueOf(html, name)).toBe(typed);
        });
      }
    }
    test('the story of 20,001 letters of the list is kept to its last letter, and so is everything else on the page', async () => {
      const typed = `${'a'.repeat(20_000)}z`;
      const html = await form.refused('story', change('story', 'story', typed), 'story', 'story');
      expect(valueOf(html, 'story')).toBe(typed);
      expect(valueOf(html, 'relation')).toEqual(['avoid']);
    });
    test('after the correction the form goes on: nothing that was pasted makes the hidden field unreadable', async () => {
      // What does not compress: letters at random, and signs of every corner of the repertoire.
      const letters = randomBytes(45_000).toString('base64url');
      const far = Array.from({ length: 2_000 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join('');
      const wrong = await form.post('story', change('story', 'story', letters));
      expect(wrong.status).toBe(422);
      const story = await form.post('story', VALID.story, String(valueOf(wrong.html, 'draft')));
      expect(story.status).toBe(200);
      const lines = VALID.care.map(([name, value]): [string, string] => [name, name === 'contact_hours' ? far.slice(0, 1_800) : value]);
      const draft = form.draftOf([['story', far]]);
      const back = await looked(await form.raw(encode([['draft', draft], ['screen', 'care'], ...lines, ['go', 'back']])));
      expect([back.status, valueOf(back.html, 'story')]).toEqual([200, far]);
      const next = await form.post('story', VALID.story, String(valueOf(back.html, 'draft')));
      expect([next.status, valueOf(next.html, 'contact_hours')]).toEqual([200, far.slice(0, 700)]);
    }); // prettier-ignore
    test('1,501 emoji are too many', async () => {
      await form.refused('story', change('story', 'story', '😀'.repeat(1_501)), 'story', 'story');
    });
    test('more than a form may weigh: 413 in words, with the phone number', async () => {
      const { status, html } = await form.post('story', change('story', 'story', 'a'.repeat(120_000)));
      expect(status).toBe(413);
      expect(titleOf(html)).toContain('Ce formulaire est trop long');
    });
  });

  describe('B-14, B-45: what is no address', () => {
    test.each([
      'a@b', '@b.fr', 'a@@b.fr', 'a b@c.fr', `${'a'.repeat(65)}@b.fr`, `a@${'b'.repeat(252)}.fr`, 'a＠evil.fr@ville.fr', '"evil@x.fr a"@ville.fr',
      'a@x.fr,b@y.fr', 'a@x.fr\r\nBcc: b@y.fr', 'a@x.fr\u2028b@y.fr', 'Grp: a@x.fr;', 'a%b@c', '<a@x.fr>', '(x)a@b.fr', 'a@[127.0.0.1]', 'a@аpple.fr',
    ])('%j', async (typed) => {
      const html = await form.refused('contact', change('contact', 'email', typed), 'email', 'email');
      expect(String(valueOf(html, 'email')).replaceAll(/\s/g, ' ')).toBe(typed.replaceAll(/\s/g, ' '));
    }); // prettier-ignore
  });

  describe('B-15: what is no number of a person', () => {
    test.each([
      ['112', 'phone_special'], ['17', 'phone_special'], ['٣١١٤', 'phone_special'], ['0899 12 34 56', 'phone_special'], ['+33 8 99 12 34 56', 'phone_special'],
      ['06 39 98', 'phone'], ['abc', 'phone'], ['0639981234; drop', 'phone'], ['+0639981234', 'phone'], ['06 39 98 12 34 ou 06 39 98 12 35', 'phone'],
    ])('%s', async (typed, key) => {
      const html = await form.refused('contact', change('contact', 'phone', typed), 'phone', key);
      expect(valueOf(html, 'phone')).toBe(typed);
    }); // prettier-ignore
  });

  describe('B-18: an answer that stands in no list', () => {
    const STRANGE = [
      'maybe', ' yes', 'YES', 'yes\u0000', 'true', '0', '-1', '__proto__', 'constructor', 'toString', 'null', '[object Object]', 'ZZZ', 'peu', 'unknown\n',
      '<script>alert(1)</script>', "' or 1=1 --", '=1+1', 'é'.repeat(2_000),
    ]; // prettier-ignore
    for (const { name, screen, many } of CHOICES) {
      test(name, async () => {
        // « 0 » is an answer where a mark from 0 to 10 is asked.
        for (const value of STRANGE.filter((one) => !(name === 'relation_score' && one === '0'))) {
          await form.refused(screen, change(screen, name, value), name, name);
          const own = VALID[screen].find(([known]) => known === name)?.[1] ?? '';
          if (many) await form.refused(screen, change(screen, name, own, value), name, name);
        }
      });
    }
    test('an unknown screen or button is not guessed', async () => {
      for (const [screen, go] of [['nowhere', 'next'], ['__proto__', 'next'], ['', 'next'], ['danger', 'send'], ['danger', '']]) {
        const body = encode([['draft', form.draftOf()], ['screen', screen ?? ''], ['danger', 'no'], ['go', go ?? '']]);
        const { status, html } = await looked(await form.raw(body));
        expect({ screen, go, status }).toEqual({ screen, go, status: 422 });
        expect(noticeOf(html)).toContain('autre chose que ses questions');
        expect(valueOf(html, 'danger')).toEqual(['no']);
      } // prettier-ignore
    });
    test('too many and too often: four pictures, a box twice, five hundred boxes', async () => {
      await form.refused(
        'what',
        change('what', 'categories', 'BRUIT', 'HALL', 'ODEURS', 'ECOLE'),
        'categories',
        'categories',
      );
      await form.refused('what', change('what', 'categories', 'BRUIT', 'BRUIT'), 'categories', 'categories');
      await form.refused('contact', change('contact', 'contact_ways', 'desk', 'desk'), 'contact_ways', 'contact_ways');
      await form.refused(
        'care',
        change('care', 'precautions', 'do_not_write', 'do_not_write'),
        'precautions',
        'precautions',
      );
      const many = Array.from({ length: 150 }, (_, n) => `X${n}`);
      await form.refused('contact', change('contact', 'contact_ways', ...many), 'contact_ways', 'contact_ways');
    });
  });
});

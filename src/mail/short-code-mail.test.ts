import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { caseNumber, shortCodeWord, townWords } from '../../emails/components/mail-words.ts';
import { translator } from '../i18n/catalogue.ts';
import { typographyFaults } from '../i18n/french-typography.ts';
import { type MailFacts, renderMail } from './render.ts';

const BASE = {
  t: translator('fr'),
  town: townWords({
    name: 'Val-Rivière',
    phone: '01 99 00 12 34',
    email: 'mediation@val-riviere.example',
    address: '4 place du Lavoir, 09900 Val-Rivière',
    openingHours: 'du lundi au vendredi, 9 h – 12 h 30',
    isDemo: true,
  }),
  origin: 'https://mediation.example',
  today: '2026-11-30',
};
const code = shortCodeWord('7K2M-9QXD');
const FACTS: MailFacts = { ...BASE, template: 'short_code', number: caseNumber('MS-2026-00123'), code };
const BOTH: MailFacts[] = [FACTS, { ...BASE, template: 'partner_code', code }];

test.each(BOTH)('C-5: the mail of a short code holds the code and no link at all ($template)', async (facts) => {
  const { html, text } = await renderMail(facts);
  expect(text).toContain('7K2M-9QXD');
  expect(`${html}\n${text}`).not.toMatch(/href|:\/\/|<a\b/);
});

test('T-04: its subject is that of every mail to a person, and does not hold the code', async () => {
  expect((await renderMail(FACTS)).subject).toBe('Votre demande n°\u00a0MS-2026-00123');
});

test.each(BOTH)(
  'is valid HTML and well set French, and its text says what the HTML says ($template)',
  async (facts) => {
    const { html, text } = await renderMail(facts);
    const judge = new HtmlValidate({ extends: ['html-validate:standard'], rules: { 'no-deprecated-attr': 'off' } });
    const report = await judge.validateString(html);
    expect(report.results.flatMap((result) => result.messages.map((message) => message.message))).toEqual([]);
    expect(text.split('\n').flatMap(typographyFaults)).toEqual([]);
    const spoken = html.replace(/<(style|title)[\s\S]*?<\/\1>|<[^>]+>/gu, '').replaceAll(/\s/gu, '');
    for (const line of text.split('\n')) expect(spoken).toContain(line.replaceAll(/\s/gu, ''));
  },
);

test.each(['rosa@courriel.example', '7K2M-9QX', 'OOOO-IIII', '7K2M-9QXD https://evil.example'])(
  'T-31: %s is no short code, and has no way in',
  (typed) => {
    expect(() => shortCodeWord(typed)).toThrow(RangeError);
  },
);

import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { VAL_RIVIERE } from '../../tests/support/town-view.ts';
import { townIn } from '../http/language.ts';
import { translator } from '../i18n/catalogue.ts';
import { locales } from '../i18n/languages.ts';
import type { TownView } from '../ui/town-view.ts';
import { paperFormRoutes } from './paper-form.routes.ts';
import { SCREEN_ORDER, SCREENS } from './screens.ts';
import { questionsOf } from './request-questions.tsx';

const view = {
  ...VAL_RIVIERE,
  phone: '01 99 00 12 34',
  phoneHref: 'tel:0199001234',
  openingHours: 'du lundi au vendredi',
  deskHours: 'le mardi',
  legalBasis: 'mission d’intérêt public',
};
const quarters = [{ code: 'PEU', name: 'Les Peupliers' }];
const services = [{ id: '', code: 'O1', name: 'Office Habitat', type: 'bailleur' }];
const places = [{ id: '', code: 'K7QX3M', name: 'Hall du 12', type: 'hall', quarter: 'PEU' }];
const where = { quarters, places, services, map: null };
const of = (locale: (typeof locales)[number]) => ({ t: translator(locale), town: view, where });
const squeezed = (text: string) => text.normalize('NFC').replaceAll(/[\s\u200b]+/gu, '');

test('R28: every field of F1 is asked on paper, with its choices; a new one cannot be forgotten', () => {
  for (const screen of SCREEN_ORDER) {
    const asked = questionsOf(screen, of('fr'));
    expect({ screen, asked: [...new Set(asked.map(({ name }) => name))].toSorted() }).toEqual({
      screen,
      asked: [...SCREENS[screen].one, ...SCREENS[screen].many].toSorted(),
    });
    for (const name of SCREENS[screen].many)
      expect(
        (asked.find((field) => field.name === name)?.choices ?? []).flatMap(({ options }) => options).length,
      ).toBeGreaterThan(1);
  }
});

test('R28: paper counts no letters: a limit of the page is no hint there', () => {
  const story = questionsOf('story', of('fr'));
  const hints = ['story', 'hopes_text'].map((name) => story.find((field) => field.name === name)?.hint);
  expect(hints).toEqual([translator('fr')('request.story.hint'), undefined]);
});

const townWith = (own: TownView) => ({ id: '', kid: '', slug: '', view: own, words: {}, t: translator('fr'), timeZone: 'Europe/Paris', ...where }); // prettier-ignore

test.each(locales)(
  'R28: the form on paper in %s says each question and each choice, in their order',
  async (locale) => {
    const app = paperFormRoutes({ town: (c) => townIn(c.get('language') ?? 'fr', townWith(view)) });
    const answer = await app.request(`/formulaire-papier?langue=${locale}`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: translator(locale).tag });
    const { text } = await extractText(pdf, { mergePages: true });
    // Arabic comes back from a PDF as glyphs in the order of the eye: that it is there and right to left is asked in src/pdf.
    if (translator(locale).direction === 'rtl') return;
    const whole = squeezed(text);
    for (const screen of SCREEN_ORDER)
      for (const { label, choices = [] } of questionsOf(screen, of(locale)))
        for (const words of [label, ...choices.flatMap(({ options }) => options.map((option) => option.label))])
          expect(whole).toContain(squeezed(words));
  },
);

test.each(locales)(
  'C-4: the form on paper in %s promises no code by mail, and says where it is asked for',
  (locale) => {
    const t = translator(locale);
    const sentences = t('letters.form.after3').split(/(?<=[.:؟]) /u);
    const byMail = sentences.findIndex((sentence) =>
      /courriel|e-mail|email|e-posta|البريد الإلكتروني/iu.test(sentence),
    );
    expect(byMail).toBeGreaterThan(0);
    expect(sentences[byMail]).not.toMatch(/\bcode\b|\bcódigo\b|\bkod|الرمز/iu);
  },
);

test('the paper is kept as long as its words hold: another phone number stands on the next one', async () => {
  let phone = view.phone;
  const app = paperFormRoutes({ town: () => townIn('fr', townWith({ ...view, phone })) });
  const printed = async () => {
    const pdf = await getDocumentProxy(new Uint8Array(await (await app.request('/formulaire-papier')).arrayBuffer()));
    return (await extractText(pdf, { mergePages: true })).text;
  };
  expect(await printed()).toContain(phone);
  phone = '01 99 00 98 76';
  expect(await printed()).toContain(phone);
});

import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { VAL_RIVIERE } from '../../tests/support/town-view.ts';
import { type Locale, type PublicTranslate, translator } from '../i18n/catalogue.ts';
import { locales } from '../i18n/languages.ts';
import { renderForm } from '../pdf/render-pdf.ts';
import { agreementPaper } from './agreement-paper.ts';
import { codeSlip } from './code-slip.ts';
import { invitationLetter } from './invitation-letter.ts';
import { opinionPaper } from './opinion-paper.ts';
import { ownCopyPaper } from './own-copy.ts';
import { paperForm } from './paper-form.ts';
import { poster } from './poster.ts';
import { receiptSlip } from './receipt-slip.ts';

const town = VAL_RIVIERE;
const at = new Date('2026-11-23T09:12:00Z');
const number = 'MS-2026-00123';
const code = '7K2M9QXD4R8TZ0B1C3F5GH6JN';
const origin = 'https://mediation.val-riviere.example';
const followAddress = `${origin}/suivi`;
const side = { side: 'requester' as const, kind: 'person' as const, name: 'Solange Péribet', commitments: [] };

/** Each paper residents are given, and on how many pages it has to stay. */
const PAPERS: Record<string, { pages?: number; of(t: PublicTranslate): Buffer }> = {
  slip: {
    pages: 1,
    of: (t) => receiptSlip(t, town, { number, code, receivedAt: at, readBefore: '2026-11-25', followAddress }),
  },
  'new code': { pages: 1, of: (t) => codeSlip(t, town, { number, code, handedAt: at, followAddress }) },
  'poster A4': {
    pages: 1,
    of: (t) => poster(t, town, { place: { name: 'Hall du 12', code: 'K7QX3M' }, size: 'a4', origin, at }),
  },
  form: { of: (t) => renderForm(paperForm(t, town, []), at) },
  invitation: {
    pages: 2,
    of: (t) => invitationLetter(t, town, { number, code, at, mediator: 'Awa Diarrassy', origin }),
  },
  opinion: { of: (t) => opinionPaper(t, town, { token: 'ABCD-EFGH', withService: true, at }) },
  agreement: { of: (t) => agreementPaper(t, town, { number, at, result: 'APAISE', parties: [side, side], text: '' }) },
  'own copy': {
    of: (t) =>
      ownCopyPaper(t, town, {
        number,
        side: 'requester',
        madeAt: at.toISOString(),
        since: at.toISOString(),
        who: [],
        told: [],
        acts: [],
      }),
  },
};

const squeezed = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, '');

describe.each(Object.entries(PAPERS))('the %s', (_, { pages, of }) => {
  // A paper that has to stay on its sheet is printed in each language, the others in French and in one that nobody has checked.
  const printed: readonly Locale[] = pages ? locales : ['fr', 'pt'];
  test.each(printed)('R101: says in %s whether it is a translation, that French counts, and keeps to its sheet', async (locale) => {
    const t = translator(locale);
    const pdf = await getDocumentProxy(new Uint8Array(of(t)));
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    if (pages) expect(totalPages).toBe(pages);
    // Arabic comes back from a PDF as glyphs in the order of the eye: its words are not looked at.
    const isSaid = squeezed(text).includes(squeezed(t('letters.frame.translation')));
    if (t.direction === 'ltr') expect(isSaid).toBe(!t.checked);
  }); // prettier-ignore
});

import type { Day } from '../calendar/day.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { renderAgreement } from '../pdf/render-pdf.ts';
import type { TownView } from '../ui/town-view.ts';
import { paperFrame, paragraphsOf } from './paper-frame.ts';

export type WrittenAgreement = {
  number: string;
  at: Date;
  /** Each side, in the order they are named; one without a commitment signs all the same. */
  parties: readonly { name: string; commitments: readonly { what: string; byDay: Day }[] }[];
  /** What was decided beside the commitments. */
  text?: string | undefined;
};

/**
 * What the parties found together, to keep and to sign if they wish (R22): who does what by when, that anybody may stop, and that it is
 * no act of justice (spec §4.11). As PDF.
 */
export function agreementPaper(t: Translate, town: TownView, { number, at, parties, text }: WrittenAgreement): Buffer {
  const paragraphs = paragraphsOf(text ?? '');
  const words = {
    ...paperFrame(t, town, t('letters.agreement.title')),
    day: t('letters.frame.placeAndDay', { town: town.name, date: t.date(at) }),
    lead: [t('letters.agreement.number', { number }), t('letters.agreement.lead')],
    agreed: paragraphs.length > 0 ? { heading: t('letters.agreement.agreed'), paragraphs } : null,
    columns: [t('letters.agreement.what'), t('letters.agreement.before')] as const,
    parties: parties
      .filter(({ commitments }) => commitments.length > 0)
      .map(({ name, commitments }) => ({
        heading: t('letters.agreement.party', { name }),
        commitments: commitments.map(({ what, byDay }) => ({ what, before: t.longDateYear(byDay) })),
      })),
    rules: {
      heading: t('letters.agreement.rules'),
      points: [
        t('letters.agreement.rules1'),
        t('letters.agreement.rules2', { phone: town.phone }),
        t('letters.agreement.rules3'),
        t('letters.agreement.rules4'),
        t('letters.agreement.rules5'),
        t('letters.agreement.rules6'),
      ],
    },
    signing: {
      heading: t('letters.agreement.signing'),
      lead: t('letters.agreement.signingLead'),
      places: parties.map(({ name }) => ({ name, hint: t('letters.agreement.place') })),
    },
  };
  return renderAgreement(words, at);
}

import type { PublicTranslate } from '../i18n/catalogue.ts';
import { renderAgreement } from '../pdf/render-pdf.ts';
import type { Agreed, AgreedParty } from '../parties/what-was-agreed.query.ts';
import type { TownView } from '../ui/town-view.ts';
import { paperFrame, paragraphsOf } from './paper-frame.ts';

export type WrittenAgreement = {
  number: string;
  /** The day it was found. */
  at: Date;
  result: Agreed['result'];
  /** Each side, in the order they came; one without a commitment signs all the same. */
  parties: readonly AgreedParty[];
  /** What was decided beside the commitments. */
  text?: string | undefined;
};

/**
 * What the parties found together, to keep and to sign if they wish (R22): who does what by when, that anybody may stop, and that it is
 * no act of justice (spec §4.11). As PDF.
 */
export function agreementPaper(
  t: PublicTranslate,
  town: TownView,
  { number, at, result, text, ...rest }: WrittenAgreement,
): Buffer {
  const parties = named(t, rest.parties);
  const paragraphs = paragraphsOf(text ?? '');
  const words = {
    ...paperFrame(t, town, t(`letters.agreement.title.${result}`)),
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

/** By name, or by its side; sides without a name are counted where there are several. */
function named(
  t: PublicTranslate,
  parties: readonly AgreedParty[],
): { name: string; commitments: AgreedParty['commitments'] }[] {
  const unnamed = parties.filter(({ side, name }) => side === 'other' && !name);
  return parties.map((party) => {
    const rank = unnamed.indexOf(party) + 1;
    const side =
      party.side === 'requester'
        ? t('letters.agreement.requester')
        : t('letters.agreement.other', { rank, count: unnamed.length });
    return { name: party.name ?? side, commitments: party.commitments };
  });
}

import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { LetterWords } from '../pdf/paper-words.ts';
import { renderLetter } from '../pdf/render-pdf.ts';
import { formatCode } from '../privacy/case-code.ts';
import type { TownView } from '../ui/town-view.ts';
import { informationNotice } from './information-notice.ts';
import { paperFrame, paragraphsOf } from './paper-frame.ts';

/** All that an invitation may hold: it has no field for the requester, their story, or the name and address of who receives it, but for whoever stands for a minor. */
export type Invitation = {
  number: string;
  /** The code of the party's own access; printed in groups, and nowhere but on this paper. */
  code: string;
  at: Date;
  /** The name of the mediator who writes. */
  mediator: string;
  /** What the requester agreed to have said (F3, item 3). */
  mayBeSaid?: string | undefined;
  /** Who stands for a minor: the letter is for them (R81). */
  representative?: string | undefined;
  /** Where the town's pages are seen, without a final slash. */
  origin: string;
};

/**
 * The invitation to the other party, with the notice of GDPR art. 14 on its second page (R33, R77; spec §4.10), as PDF. It is handed
 * over or put into an envelope: no address stands on it.
 */
export function invitationLetter(t: PublicTranslate, town: TownView, invitation: Invitation): Buffer {
  const { mediator, at, mayBeSaid, representative } = invitation;
  const said = paragraphsOf(mayBeSaid ?? '');
  const words: LetterWords = {
    ...paperFrame(t, town, t('letters.invitation.title')),
    recipient: representative ? [t('letters.invitation.attention', { name: representative })] : [],
    placeAndDay: t('letters.frame.placeAndDay', { town: town.name, date: t.date(at) }),
    parts: [
      {
        heading: null,
        paragraphs: [
          t('letters.invitation.hello'),
          t('letters.invitation.who', { mediator, town: town.name }),
          ...(representative
            ? [t('letters.invitation.whyMinor'), t('letters.invitation.askMinor')]
            : [t('letters.invitation.why'), t('letters.invitation.ask')]),
        ],
        points: [],
      },
      ...(said.length > 0 ? [{ heading: t('letters.invitation.said'), paragraphs: said, points: [] }] : []),
      {
        heading: t('letters.invitation.free'),
        paragraphs: [],
        points: [
          t('letters.invitation.free1'),
          t('letters.invitation.free2'),
          t('letters.invitation.free3'),
          t('letters.invitation.free4'),
          t('letters.invitation.free5'),
        ],
      },
    ],
    answer: answerBox(t, town, invitation),
    signature: [mediator, t('letters.frame.service', { town: town.name })],
    notice: informationNotice(t, town),
  };
  return renderLetter(words, at);
}

function answerBox(t: PublicTranslate, town: TownView, { number, code, origin }: Invitation): LetterWords['answer'] {
  return {
    heading: t('letters.invitation.answer'),
    lead: t('letters.invitation.answerLead'),
    typed: [
      { label: t('letters.invitation.page'), value: `${origin}/suivi` },
      { label: t('letters.invitation.code'), value: formatCode(code) },
    ],
    lines: [
      {
        label: t('letters.invitation.phone'),
        value: t('letters.invitation.phoneText', { phone: town.phone, hours: town.openingHours }),
      },
      {
        label: t('letters.invitation.desk'),
        value: t('letters.invitation.deskText', { address: town.address, hours: town.deskHours }),
      },
      { label: t('letters.invitation.number'), value: number },
    ],
    after: t('letters.invitation.codeAlone'),
  };
}

import { type MARKED, SITUATIONS } from '../evaluation/opinion.form.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { LetterPart } from '../pdf/paper-words.ts';
import { renderLetter } from '../pdf/render-pdf.ts';
import type { TownView } from '../ui/town-view.ts';
import { paperFrame } from './paper-frame.ts';

/** F7 on paper, as PDF: the questions in their order, answers to be ringed, and a token that says neither who nor what about. */
export function opinionPaper(
  t: PublicTranslate,
  town: TownView,
  { token, withService, at }: { token: string; withService: boolean; at: Date },
): Buffer {
  const marks = ['1', '2', '3', '4', '5'].map((mark) => t(`evaluation.mark.${mark}` as 'evaluation.mark.1'));
  const asked = (heading: string, answers: readonly string[]): LetterPart => ({
    heading,
    paragraphs: [answers.join('   ·   ')],
    points: [],
  });
  const marked = (name: (typeof MARKED)[number], more: readonly string[] = []) =>
    asked(t(`evaluation.${name}`), [...marks, ...more]);
  const parts = [
    { heading: null, paragraphs: [t('evaluation.paper.lead'), t('evaluation.apart')], points: [] },
    marked('listened'),
    marked('could_say'),
    marked('understood_free'),
    marked('talk_better', [t('evaluation.mark.none')]),
    asked(
      t('evaluation.situation'),
      SITUATIONS.map((code) => t(`evaluation.situation.${code}`)),
    ),
    ...(withService ? [marked('institution')] : []),
    asked(
      t('evaluation.relation'),
      Array.from({ length: 11 }, (_, score) => String(score)),
    ),
    asked(t('evaluation.would_advise'), [t('parties.yes'), t('parties.no')]),
    { heading: t('evaluation.paper.words'), paragraphs: [' ', ' ', ' '], points: [] },
    asked(t('evaluation.may_quote'), [t('parties.yes'), t('parties.no')]),
  ];
  return renderLetter(
    {
      ...paperFrame(t, town, t('evaluation.title')),
      recipient: [],
      placeAndDay: t('letters.frame.placeAndDay', { town: town.name, date: t.date(at) }),
      parts,
      answer: {
        heading: t('evaluation.paper.back'),
        lead: t('evaluation.paper.backLead'),
        typed: [{ label: t('evaluation.paper.token'), value: token }],
        lines: [
          {
            label: t('letters.invitation.desk'),
            value: t('letters.invitation.deskText', { address: town.address, hours: town.deskHours }),
          },
        ],
        after: t('evaluation.paper.noName'),
      },
      signature: [],
      notice: null,
    },
    at,
  );
}

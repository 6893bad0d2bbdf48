import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import type { LetterPart, LetterWords } from '../pdf/paper-words.ts';
import { renderLetter } from '../pdf/render-pdf.ts';
import { shownMasked } from '../privacy/masked-passage.ts';
import type { CopiedAct } from '../rights/copied-acts.query.ts';
import type { CopiedLine, OwnCopy } from '../rights/own-copy.query.ts';
import type { TownView } from '../ui/town-view.ts';
import { informationNotice } from './information-notice.ts';
import { paperFrame } from './paper-frame.ts';

/**
 * What is kept about one person, for that person (GDPR art. 15, R82): who, what they told, what was done with them, then why we have it, who reads it
 * and for how long. As PDF, in the language of the page.
 */
export function ownCopyPaper(t: PublicTranslate, town: TownView, copy: OwnCopy): Buffer {
  const madeAt = new Date(copy.madeAt);
  const since = t.date(new Date(copy.since));
  const words: LetterWords = {
    ...paperFrame(t, town, t('letters.copy.title')),
    recipient: [],
    placeAndDay: t('letters.frame.placeAndDay', { town: town.name, date: t.date(madeAt) }),
    parts: [
      {
        heading: null,
        paragraphs: [
          t('letters.copy.lead', { number: copy.number, date: t.date(madeAt) }),
          t('letters.copy.since', { date: since }),
          t('letters.copy.masked'),
          t('letters.copy.notes'),
        ],
        points: [],
      },
      part(
        t,
        t('letters.copy.who'),
        copy.who.map((line) => lineOf(t, line)),
      ),
      ...(copy.side === 'requester'
        ? [
            part(
              t,
              t('letters.copy.told', { date: since }),
              copy.told.map((line) => lineOf(t, line)),
            ),
          ]
        : []),
      part(
        t,
        t('letters.copy.acts'),
        copy.acts.map((act) => actOf(t, act)),
      ),
    ],
    answer: null,
    signature: [],
    notice: informationNotice(t, town),
  };
  return renderLetter(words, madeAt);
}

function part(t: PublicTranslate, heading: string, points: readonly string[]): LetterPart {
  return { heading, paragraphs: points.length === 0 ? [t('letters.copy.nothing')] : [], points };
}

function lineOf(t: PublicTranslate, { what, says }: CopiedLine): string {
  const room = ROOM_OF[what];
  const words = [says].flat().map((code) => (room ? t(`request.${room}.${code}` as PublicKey) : code));
  return t('letters.copy.line', { what: t(`letters.copy.field.${what}`), says: shownMasked(t, words.join(', ')) });
}

/** Fields that hold codes of the public form. */
const ROOM_OF: Partial<Record<CopiedLine['what'], string>> = {
  ways: 'way',
  precautions: 'precaution',
  language: 'language',
  interpreter: 'answer',
  ageGroup: 'age',
  acceptEvaluation: 'answer',
  categories: 'category',
  placeType: 'place_type',
  since: 'since',
  frequency: 'frequency',
  moments: 'moment',
  doneBefore: 'done',
  hopes: 'hope',
  linkHopes: 'link_hope',
  procedure: 'procedure',
  accessNeeds: 'access',
  difficulties: 'difficulty',
};

function actOf(t: PublicTranslate, act: CopiedAct): string {
  const { what, says } = saidOf(t, act);
  return joined([t.dateTime(new Date(act.at)), what, says && shownMasked(t, says)]);
}

function joined(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' – ');
}

function saidOf(t: PublicTranslate, act: CopiedAct): { what: string; says?: string | undefined } {
  switch (act.kind) {
    case 'mine':
    case 'team':
      // A message that was only said.
      return { what: t(`letters.copy.act.${act.kind}`), says: act.words || t('attachments.voice.said') };
    case 'agreed':
    case 'refused':
    case 'taken_back': {
      const item =
        act.item === 'share'
          ? t('parties.item.share', { organisation: act.organisation ?? '' })
          : t(`parties.item.${act.item}`);
      return { what: t(`letters.copy.act.${act.kind}`), says: joined([item, act.words]) };
    }
    case 'commitment':
      return { what: t('letters.copy.act.commitment', { by: t.longDate(act.by) }), says: act.words };
    case 'meeting':
      return { what: t('letters.copy.act.meeting'), says: act.place };
    case 'try':
      return {
        what: t(act.reached ? 'letters.copy.act.try.reached' : 'letters.copy.act.try'),
        says: t(`letters.copy.way.${act.way}` as PublicKey),
      };
    case 'news':
      return {
        what: t('letters.copy.act.news'),
        says: joined([
          act.situation && t(`letters.copy.situation.${act.situation}` as PublicKey),
          act.kept && t(`letters.copy.kept.${act.kept}` as PublicKey),
          act.words,
        ]),
      };
    case 'sent':
      return {
        what: t('letters.copy.act.sent'),
        says: joined([
          t(`attachments.kind.${act.of}`),
          act.name,
          t('letters.copy.size', { size: Math.max(1, Math.round(act.bytes / 1000)) }),
          act.gone && t('letters.copy.gone'),
        ]),
      };
    case 'relation':
      return {
        what: t('letters.copy.act.relation'),
        says: joined([
          act.relation && t(`request.relation.${act.relation}`),
          act.score !== null && t('letters.copy.score', { score: act.score }),
        ]),
      };
    case 'right':
      return {
        what: t('letters.copy.act.right'),
        says: joined([t(`follow.rights.right.${act.right}`), act.words]),
      };
    case 'informed':
    case 'left':
      return { what: t(`letters.copy.act.${act.kind}`) };
  }
}

import { helplineLines } from '../helplines/helpline-words.ts';
import { helplinesFor } from '../helplines/helpline.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { FormWords, PaperQuestion } from '../pdf/paper-words.ts';
import type { Asked } from '../ui/questions.ts';
import type { TownView } from '../ui/town-view.ts';
import { paperFrame } from './paper-frame.ts';

/** A screen of the form on line: what stands above its questions, and what they ask. */
export type FormPart = { heading: string; paragraphs: readonly string[]; questions: readonly Asked[] };

/** What F1 on paper says: danger first, then the questions as the form on line asks them, with boxes to tick and lines to write on (R28). */
export function paperForm(t: PublicTranslate, town: TownView, parts: readonly FormPart[]): FormWords {
  const desk = { address: town.address, hours: town.deskHours };
  return {
    ...paperFrame(t, town, t('letters.form.title')),
    lead: [
      t('letters.form.lead1'),
      t('letters.form.lead2', { phone: town.phone, hours: town.openingHours }),
      t('letters.form.lead3'),
    ],
    danger: {
      heading: t('letters.form.danger'),
      lines: [
        t('letters.form.danger1'),
        ...helplineLines(t, helplinesFor(town, 'children', 'couples')),
        t('letters.form.danger2'),
      ],
    },
    parts: parts.map(({ heading, paragraphs, questions }) => ({
      heading,
      paragraphs,
      questions: questions.map((asked) => onPaper(t, asked)),
    })),
    after: {
      heading: t('letters.form.after'),
      points: [
        t('letters.form.after1', desk),
        t('letters.form.after2'),
        t('letters.form.after3'),
        t('letters.form.after4'),
      ],
    },
    office: {
      heading: t('letters.form.office'),
      fields: [t('letters.form.office.received'), t('letters.form.office.number'), t('letters.form.office.given')],
    },
  };
}

function onPaper(t: PublicTranslate, { label, hint, optional, kind, choices = [], lines = 0 }: Asked): PaperQuestion {
  // A sentence to agree to is its own box, and asks nothing above it.
  const asked = kind === 'tick' ? [{ options: [{ value: 'yes', label }] }] : choices;
  return {
    label: kind === 'tick' ? null : optional ? t('letters.form.hintOptional', { label }) : label,
    hint: hint ?? null,
    choices: asked.map(({ options, ...group }) => ({
      heading: 'heading' in group ? group.heading : null,
      columns: columnsFor(options.map((option) => option.label)),
      options: options.map((option) => option.label),
    })),
    lines,
  };
}

/** As many columns as the longest choice leaves room for. */
function columnsFor(labels: readonly string[]): number {
  const longest = Math.max(...labels.map(({ length }) => length));
  // A scale stands on one line.
  if (longest <= 2) return labels.length;
  const most = longest <= 20 ? 4 : longest <= 34 ? 3 : longest <= 48 ? 2 : 1;
  return Math.min(most, labels.length);
}

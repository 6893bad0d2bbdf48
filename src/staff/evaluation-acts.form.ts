import { z } from 'zod';
import { concludeWork, confirmConclusion } from '../evaluation/conclude-work.command.ts';
import { EVALUATED, evaluateWork, MAY_BE_WITHOUT_OBJECT } from '../evaluation/evaluate-work.command.ts';
import { giveOnPaper } from '../evaluation/paper-opinion.command.ts';
import { act, line, nothing, optionalLine, optionalNumber, optionalText, present, text, uuid } from './act.form.ts';

const MARKS = ['1', '2', '3', '4'] as const;
const WITHOUT_OBJECT = 'none';
/** In steps of a half, as many as the table holds (spec §4.9-E). */
export const NEEDED = Array.from({ length: 20 }, (_, step) => String((step + 1) / 2));
export { EVALUATED };

/** What may be answered to one of the seven judgements. */
export function marksFor(what: (typeof EVALUATED)[number]): readonly string[] {
  return MAY_BE_WITHOUT_OBJECT.includes(what) ? [...MARKS, WITHOUT_OBJECT] : MARKS;
}

const mark = z.enum(MARKS, 'missing').transform(Number);
const markOrNone = z
  .enum([...MARKS, WITHOUT_OBJECT], 'missing')
  .transform((said) => (said === WITHOUT_OBJECT ? null : Number(said)));

/** F9 (R57): one column, the common conclusion, the word that it was read. */
export const EVALUATION_ACTS = {
  bilan: act(
    ['column', ...EVALUATED, 'hoursSpent', 'mediatorsNeeded', 'lesson', 'trainingNeed'],
    z.object({
      column: z.enum(['mediator', 'leader'], 'missing'),
      freedom: mark,
      impartiality: markOrNone,
      partners: markOrNone,
      timing: mark,
      notes: mark,
      safety: mark,
      result: mark,
      hoursSpent: optionalLine.transform((typed, context) => {
        if (!typed) return undefined;
        const hours = Number(typed.replace(',', '.'));
        if (Number.isFinite(hours) && hours >= 0 && hours < 1_000) return hours;
        context.addIssue('missing');
        return z.NEVER;
      }),
      mediatorsNeeded: optionalNumber(NEEDED),
      lesson: optionalText,
      trainingNeed: optionalText,
    }),
    (ctx, by, caseId, { column, hoursSpent, mediatorsNeeded, lesson, trainingNeed, ...marks }) =>
      evaluateWork(ctx, by, {
        caseId,
        side: column,
        marks,
        ...present({ hours: hoursSpent, mediatorsNeeded, lesson, trainingNeed }),
      }),
  ),
  conclusion: act(
    ['metOn', 'conclusion', 'workActions'],
    z.object({ metOn: line, conclusion: text, workActions: optionalText }),
    (ctx, by, caseId, { metOn, conclusion, workActions }) =>
      concludeWork(ctx, by, { caseId, metOn, conclusion, ...present({ actions: workActions }) }),
  ),
  'avis-papier': act(['party'], z.object({ party: uuid }), (ctx, by, caseId, { party }) =>
    giveOnPaper(ctx, by, { caseId, partyId: party }),
  ),
  'confirmer-bilan': act([], nothing, (ctx, by, caseId) => confirmConclusion(ctx, by, caseId)),
};

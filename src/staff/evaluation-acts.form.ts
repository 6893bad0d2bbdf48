import { z } from 'zod';
import { EVALUATED, evaluateWork } from '../evaluation/evaluate-work.command.ts';
import { act, optionalLine, optionalText } from './act.form.ts';

export const MARKS = ['1', '2', '3', '4'] as const;
export const NEEDED = ['0.5', '1', '1.5', '2', '2.5', '3'] as const;
export { EVALUATED };

const mark = z
  .enum(MARKS, 'missing')
  .or(z.literal(''))
  .optional()
  .transform((said) => (said ? Number(said) : undefined));

/** F9: the mediator's own column, or the leader's; which one follows from who writes (R57). */
export const EVALUATION_ACTS = {
  bilan: act(
    [...EVALUATED, 'hoursSpent', 'mediatorsNeeded', 'lesson', 'conclusion'],
    z.object({
      freedom: mark,
      impartiality: mark,
      partners: mark,
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
      mediatorsNeeded: z.enum(NEEDED, 'missing').or(z.literal('')).optional(),
      lesson: optionalText,
      conclusion: optionalText,
    }),
    (ctx, by, caseId, { hoursSpent, mediatorsNeeded, lesson, conclusion, ...said }) => {
      const marks = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
      return evaluateWork(ctx, by, {
        caseId,
        marks,
        ...(hoursSpent === undefined ? {} : { hours: hoursSpent }),
        ...(mediatorsNeeded ? { mediatorsNeeded: Number(mediatorsNeeded) } : {}),
        ...(lesson ? { lesson } : {}),
        ...(conclusion ? { conclusion } : {}),
      });
    },
  ),
};

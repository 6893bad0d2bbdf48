import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { AUDIENCES } from './helpline.ts';
import type { HelplineChange } from './change-helpline.command.ts';

export const HELPLINE_FIELDS = ['number', 'who', 'hours', 'audience', 'ordinal', 'shown', 'checked'] as const;
/** What is wrong with a field, as a key of the catalogue. */
export type HelplineFault = 'number' | 'who' | 'hours' | 'audience' | 'ordinal' | 'box';

const LINE = 120;
const line = (error: HelplineFault) =>
  z
    .string()
    .optional()
    .transform((typed) => cleanLine(typed ?? ''))
    .refine((text) => lengthOf(text) <= LINE, error)
    .transform((text) => text || null);
const box = z
  .literal('yes', 'box')
  .optional()
  .transform((said) => said === 'yes');

const Fields = z.object({
  number: z
    .string('number')
    .transform((typed) => cleanLine(typed).replaceAll(/[\s.]+/gu, ' '))
    .refine((number) => /^\+?\d[\d ]{1,18}$/u.test(number), 'number'),
  who: line('who'),
  hours: line('hours'),
  audience: z.enum(AUDIENCES, 'audience'),
  ordinal: z
    .string('ordinal')
    .regex(/^\s*\d{1,3}\s*$/, 'ordinal')
    .transform(Number),
  shown: box,
  checked: box,
});

/** @param known whether the catalogue has a name for it: a number of the town's own needs one. */
export function readHelpline(
  answers: Answers,
  known: boolean,
): { ok: true; value: HelplineChange } | { ok: false; errors: Record<string, HelplineFault> } {
  const parsed = Fields.safeParse(answers);
  const errors: Record<string, HelplineFault> = {};
  // Every message of the schema is one of the faults.
  if (!parsed.success)
    for (const issue of parsed.error.issues) errors[String(issue.path[0])] ??= issue.message as HelplineFault;
  else if (!known && parsed.data.who === null) errors['who'] = 'who';
  else return { ok: true, value: parsed.data };
  return { ok: false, errors };
}

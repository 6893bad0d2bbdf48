import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { cleanBlock, lengthOf } from '../privacy/clean-text.ts';

// F7: at most eight questions, in the order of the paper; none of them needed by itself, one answer is enough.

export const WORDS_LIMIT = 300;
export const MARKED = ['listened', 'could_say', 'understood_free', 'talk_better', 'institution'] as const;
/** Nobody spoke with anybody: neither better nor worse. */
export const WITHOUT_OBJECT = 'none';
export const SITUATIONS = ['settled', 'better', 'same', 'worse'] as const;
export const OPINION_FORM = {
  one: [...MARKED, 'situation', 'relation', 'would_advise', 'words', 'may_quote', 'form'],
  many: [],
};
export type Opinion = {
  listened: number | null;
  could_say: number | null;
  understood_free: number | null;
  talk_better: number | typeof WITHOUT_OBJECT | null;
  institution: number | null;
  situation: (typeof SITUATIONS)[number] | null;
  relation: number | null;
  would_advise: boolean | null;
  words: string;
  may_quote: boolean;
};
export type OpinionFault = 'listened' | 'words' | 'unread';

const number = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to))
    .nullable()
    .default(null);
const mark = number(1, 5);
const Form = z.object({
  listened: mark,
  could_say: mark,
  understood_free: mark,
  talk_better: z.literal(WITHOUT_OBJECT).or(mark),
  institution: mark,
  situation: z.enum(SITUATIONS).nullable().default(null),
  relation: number(0, 10),
  would_advise: z
    .enum(['yes', 'no'])
    .transform((said) => said === 'yes')
    .nullable()
    .default(null),
  words: z
    .string()
    .optional()
    .transform((typed) => cleanBlock(typed ?? ''))
    .pipe(z.string().refine((typed) => lengthOf(typed) <= WORDS_LIMIT)),
  may_quote: z
    .literal('yes')
    .optional()
    .transform((said) => said === 'yes'),
});

export type ReadOpinion = { ok: true; value: Opinion } | { ok: false; wrong: OpinionFault };

/** An empty answer to a question is no answer to it. */
export function readOpinion(answers: Answers): ReadOpinion {
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
  const read = Form.safeParse(given);
  if (!read.success)
    return { ok: false, wrong: read.error.issues.some(({ path }) => path[0] === 'words') ? 'words' : 'unread' };
  const { words, may_quote: _quote, ...choices } = read.data;
  if (!words && Object.values(choices).every((choice) => choice === null)) return { ok: false, wrong: 'listened' };
  return { ok: true, value: read.data };
}

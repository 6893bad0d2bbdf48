import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { REPLIES } from './request-status.ts';
import type { PartnerAnswer } from './write-answer.ts';

// F5, whole, on one screen: one choice, a day and a line where they apply, a comment. Nothing else is asked (R63).

export const COMMENT_LIMIT = 500;
export const REFER_LIMIT = 200;
export const ANSWER_FORM = {
  one: ['reply', 'action_on', 'refer_to', 'comment', 'follow_up_contact', 'will_take_part', 'seen', 'form'],
  many: [],
};
export type AnswerFault = 'reply' | 'action_on' | 'refer_to' | 'comment' | 'follow_up_contact';

const text = (clean: (typed: string) => string, limit: number) =>
  z
    .string()
    .optional()
    .transform((typed) => clean(typed ?? ''))
    .pipe(z.string().refine((typed) => lengthOf(typed) <= limit));
const Form = z
  .object({
    reply: z.enum(REPLIES),
    action_on: text(cleanLine, 60),
    refer_to: text(cleanLine, REFER_LIMIT),
    comment: text(cleanBlock, COMMENT_LIMIT),
    follow_up_contact: text(cleanLine, REFER_LIMIT),
    will_take_part: z.literal('yes').optional(),
    seen: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  })
  .refine(({ reply, refer_to }) => reply !== 'not_competent' || refer_to, { path: ['refer_to'] });

export type ReadAnswer = { ok: true; value: PartnerAnswer & { seen: number } } | { ok: false; wrong: AnswerFault[] };

/** Days stay as they were typed: the command reads them by the town's own calendar. */
export function readAnswer(answers: Answers): ReadAnswer {
  const read = Form.safeParse(answers);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path }) => (path[0] === 'seen' ? 'reply' : path[0]) as AnswerFault);
    return { ok: false, wrong: [...new Set(wrong)] };
  }
  const { reply, action_on, refer_to, comment, follow_up_contact, will_take_part, seen } = read.data;
  return {
    ok: true,
    value: {
      reply,
      seen,
      willTakePart: will_take_part === 'yes',
      ...(action_on ? { actionOn: action_on } : {}),
      ...(refer_to ? { referTo: refer_to } : {}),
      ...(comment ? { comment } : {}),
      ...(follow_up_contact ? { followUpContact: follow_up_contact } : {}),
    },
  };
}

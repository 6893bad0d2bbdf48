import { z } from 'zod';
import { cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { normalisePhone } from '../privacy/contact.ts';
import { CALL_LANGUAGES, CALL_MOMENTS } from './call-choices.ts';

export const CALL_FIELDS = ['spoken_language', 'phone', 'first_name', 'moments'] as const;

/** Error values are keys of the catalogue (`request.error.…`), as in the request form. */
const Call = z.object({
  spoken_language: z.enum(CALL_LANGUAGES, 'spoken_language'),
  phone: z.string('phone').transform((typed, context) => {
    const read = normalisePhone(cleanLine(typed));
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: read.reason === 'malformed' ? 'phone' : 'phone_special' });
    return z.NEVER;
  }),
  first_name: z
    .string()
    .optional()
    .transform((typed) => cleanLine(typed ?? ''))
    .refine((name) => lengthOf(name) <= 60, 'first_name_long')
    .transform((name) => name || null),
  moments: z.enum(CALL_MOMENTS, 'moments'),
});
export type CallAsked = z.infer<typeof Call>;

/** What somebody asks for, or field name → key of what to do about it, in the order of the fields. */
export function readCall(
  answers: Record<string, unknown>,
): { ok: true; call: CallAsked } | { ok: false; errors: Record<string, string> } {
  const read = Call.safeParse(answers);
  if (read.success) return { ok: true, call: read.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of read.error.issues) errors[String(path[0])] ??= message;
  return { ok: false, errors };
}

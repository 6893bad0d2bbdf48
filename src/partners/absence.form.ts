import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { cleanLine } from '../privacy/clean-text.ts';

export const ABSENCE_FORM = { one: ['from_day', 'to_day', 'form'], many: [] };
export type AbsenceFault = 'from_day' | 'to_day';

const line = z.string().transform(cleanLine).pipe(z.string().min(1).max(60));
const Form = z.object({ from_day: line, to_day: line, form: z.string().optional() });

export type ReadAbsence = { ok: true; value: { from: string; to: string } } | { ok: false; wrong: AbsenceFault[] };

/** Days stay as they were typed: the command reads them by the town's own calendar. */
export function readAbsence(answers: Answers): ReadAbsence {
  const read = Form.safeParse(answers);
  if (read.success) return { ok: true, value: { from: read.data.from_day, to: read.data.to_day } };
  const wrong = new Set(read.error.issues.map(({ path }) => (path[0] === 'to_day' ? 'to_day' : 'from_day')));
  return { ok: false, wrong: [...wrong] };
}

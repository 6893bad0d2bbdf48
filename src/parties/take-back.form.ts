import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';

const Item = z.object({
  agreement: z.uuid(),
  ordinal: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number),
});

/** Which thing is taken back, as our own page names it; undefined when it is not as our pages write it. */
export function readItem(answers: Answers): { agreementId: string; ordinal: number } | undefined {
  const read = Item.safeParse(answers);
  return read.success ? { agreementId: read.data.agreement, ordinal: read.data.ordinal } : undefined;
}

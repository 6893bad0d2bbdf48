import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { cleanBlock, lengthOf } from '../privacy/clean-text.ts';
import { EXPLANATIONS } from './write-agreement.ts';

// F3 as a code holder fills it in: the answers are yes or no, item by item; a no asks for nothing else.

export const MAY_SAY_LIMIT = 1_000;
export const AGREEMENT_FORM = {
  one: ['take_part', 'contact_other', 'may_say', 'recontact', 'understood', 'form'],
  many: [],
};
export type AgreementFault = 'take_part' | 'contact_other' | 'may_say' | 'understood';

const yesNo = z.enum(['yes', 'no']);
const Form = z.object({
  take_part: yesNo,
  contact_other: yesNo.optional(),
  may_say: z
    .string()
    .optional()
    .transform((typed) => cleanBlock(typed ?? ''))
    .pipe(z.string().refine((typed) => lengthOf(typed) <= MAY_SAY_LIMIT)),
  recontact: yesNo.optional(),
  understood: z.literal('yes').optional(),
});

type Said = {
  takePart: boolean;
  contactOther: boolean;
  maySay?: string;
  recontact: boolean;
  explained: readonly string[];
};
export type ReadAgreement = { ok: true; value: Said } | { ok: false; wrong: AgreementFault[] };

/** @param side the requester also says whether the other party may be contacted. */
export function readAgreement(answers: Answers, side: 'requester' | 'other'): ReadAgreement {
  const read = Form.safeParse(answers);
  if (!read.success) {
    // Every key of the form that can be wrong is a fault of the page.
    const wrong = read.error.issues.map(({ path }) => String(path[0]) as AgreementFault);
    return { ok: false, wrong: [...new Set(wrong)] };
  }
  const { take_part, contact_other, may_say, recontact, understood } = read.data;
  const takePart = take_part === 'yes';
  const wrong: AgreementFault[] = [];
  if (takePart && side === 'requester' && !contact_other) wrong.push('contact_other');
  if (takePart && !understood) wrong.push('understood');
  if (wrong.length > 0) return { ok: false, wrong };
  return {
    ok: true,
    value: {
      takePart,
      contactOther: contact_other === 'yes',
      recontact: recontact === 'yes',
      explained: understood ? EXPLANATIONS : [],
      ...(may_say ? { maySay: may_say } : {}),
    },
  };
}

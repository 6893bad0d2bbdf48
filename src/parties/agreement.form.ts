import { z } from 'zod';
import type { DomainError } from '../errors.ts';
import type { Answers } from '../http/form-body.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';
import type { Needs } from './agreement-status.ts';
import { type AgreementAnswer, EXPLANATIONS } from './write-agreement.ts';

// F3 as a code holder fills it in: the answers are yes or no, item by item; a no asks for nothing else.

export const MAY_SAY_LIMIT = 1_000;
const LINE_LIMIT = 300;
export const AGREEMENT_FORM = {
  one: [
    'take_part',
    'contact_other',
    'may_say',
    'share_with',
    'share_what',
    'share_for',
    'recontact',
    'mandate',
    'representative',
    'legal_representative',
    'legal_representative_name',
    'understood',
    'form',
  ],
  many: [],
};
const FAULTS = [
  'take_part',
  'contact_other',
  'may_say',
  'share_with',
  'share_what',
  'share_for',
  'mandate',
  'representative',
  'legal_representative',
  'legal_representative_name',
  'understood',
] as const;
export type AgreementFault = (typeof FAULTS)[number];

const yesNo = z.enum(['yes', 'no']);
const ticked = z.literal('yes').optional();
const text = (clean: (typed: string) => string, limit: number) =>
  z
    .string()
    .optional()
    .transform((typed) => clean(typed ?? ''))
    .pipe(z.string().refine((typed) => lengthOf(typed) <= limit));
const line = text(cleanLine, LINE_LIMIT);
const Form = z.object({
  take_part: yesNo,
  contact_other: yesNo.optional(),
  may_say: text(cleanBlock, MAY_SAY_LIMIT),
  share_with: z.uuid().or(z.literal('')).optional(),
  share_what: line,
  share_for: line,
  recontact: yesNo.optional(),
  mandate: ticked,
  representative: line,
  legal_representative: ticked,
  legal_representative_name: line,
  understood: ticked,
});

type Said = Omit<AgreementAnswer, 'interpreterRef' | 'language'>;
export type ReadAgreement = { ok: true; value: Said } | { ok: false; wrong: AgreementFault[] };

/**
 * @param side the requester also says whether the other party may be contacted.
 * @param needs what a yes of this party needs beside the yes itself.
 */
export function readAgreement(answers: Answers, side: 'requester' | 'other', needs: Needs): ReadAgreement {
  const read = Form.safeParse(answers);
  if (!read.success) {
    const wrong = FAULTS.filter((fault) => read.error.issues.some(({ path }) => path[0] === fault));
    return { ok: false, wrong };
  }
  const said = read.data;
  const takePart = said.take_part === 'yes';
  const wrong = takePart ? FAULTS.filter((fault) => isMissing(fault, said, side, needs)) : [];
  return wrong.length > 0 ? { ok: false, wrong } : { ok: true, value: valueOf(said, takePart) };
}

/** The field of this form that the command found wrong, an organisation that has closed for one; none where it refused the act itself. */
export function faultFound({ field }: DomainError): AgreementFault | undefined {
  const name = field?.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return FAULTS.find((fault) => fault === name);
}

function isMissing(
  fault: AgreementFault,
  said: z.output<typeof Form>,
  side: 'requester' | 'other',
  needs: Needs,
): boolean {
  switch (fault) {
    case 'contact_other':
      return side === 'requester' && !said.contact_other;
    case 'share_with':
      return !said.share_with && (said.share_what !== '' || said.share_for !== '');
    case 'share_what':
    case 'share_for':
      return Boolean(said.share_with) && !said[fault];
    case 'mandate':
    case 'representative':
      return needs.mandate && !said[fault];
    case 'legal_representative':
    case 'legal_representative_name':
      return needs.legalRepresentative && !said[fault];
    case 'understood':
      return !said.understood;
    case 'take_part':
    case 'may_say':
      return false;
  }
}

function valueOf(said: z.output<typeof Form>, takePart: boolean): Said {
  return {
    takePart,
    contactOther: said.contact_other === 'yes',
    recontact: said.recontact === 'yes',
    explained: said.understood ? EXPLANATIONS : [],
    mandate: said.mandate === 'yes',
    legalRepresentativeAgreed: said.legal_representative === 'yes',
    ...(said.may_say ? { maySay: said.may_say } : {}),
    ...(said.representative ? { representative: said.representative } : {}),
    ...(said.legal_representative_name ? { legalRepresentative: said.legal_representative_name } : {}),
    ...(said.share_with
      ? { shares: [{ organisationId: said.share_with, what: said.share_what, purpose: said.share_for }] }
      : {}),
  };
}

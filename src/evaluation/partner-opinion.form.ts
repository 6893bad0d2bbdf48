import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';

// F8: eight questions, none of them needed by itself; one answer is enough. No text is typed, so nothing of anybody can be in it.

export const SCORED = ['useful', 'exchange_easier'] as const;
export const YES_OR_NO = ['delay_ok', 'call_again'] as const;
export const INFORMATION = ['too_little', 'enough', 'too_much'] as const;
export const CHANGED = ['rule', 'information', 'welcome', 'works', 'nothing'] as const;
export const PREVENTED = ['time', 'law', 'secrecy', 'means', 'other'] as const;
/** Places that come first, at most (F8, R53). */
export const PLACES_LIMIT = 3;
export const PARTNER_OPINION_FORM = {
  one: [...SCORED, ...YES_OR_NO, 'information'],
  many: ['changed', 'prevented', 'places'],
};
export type PartnerOpinion = {
  useful: number | null;
  exchange_easier: number | null;
  information: (typeof INFORMATION)[number] | null;
  delay_ok: boolean | null;
  call_again: boolean | null;
  changed: (typeof CHANGED)[number][];
  prevented: (typeof PREVENTED)[number][];
  places: string[];
};
export type PartnerOpinionFault = 'useful' | 'changed' | 'places' | 'unread';

const score = z
  .string()
  .regex(/^[1-5]$/)
  .transform(Number)
  .nullable()
  .default(null);
const yesOrNo = z
  .enum(['yes', 'no'])
  .transform((said) => said === 'yes')
  .nullable()
  .default(null);
const several = <const Value extends string>(values: readonly Value[]) =>
  z
    .array(z.enum(values))
    .default([])
    .transform((chosen) => [...new Set(chosen)]);
const Form = z.object({
  useful: score,
  exchange_easier: score,
  information: z.enum(INFORMATION).nullable().default(null),
  delay_ok: yesOrNo,
  call_again: yesOrNo,
  // « Rien » and something at once says neither.
  changed: several(CHANGED).refine((chosen) => !chosen.includes('nothing') || chosen.length === 1),
  prevented: several(PREVENTED),
  places: z
    .array(z.uuid())
    .default([])
    .transform((chosen) => [...new Set(chosen)])
    .pipe(z.array(z.string()).max(PLACES_LIMIT)),
});

export type ReadPartnerOpinion = { ok: true; value: PartnerOpinion } | { ok: false; wrong: PartnerOpinionFault };

/** An empty answer to a question is no answer to it. */
export function readPartnerOpinion(answers: Answers): ReadPartnerOpinion {
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
  const read = Form.safeParse(given);
  if (!read.success) {
    const [field] = read.error.issues[0]?.path ?? [];
    return { ok: false, wrong: field === 'changed' || field === 'places' ? field : 'unread' };
  }
  const empty = Object.values(read.data).every((said) => said === null || (Array.isArray(said) && said.length === 0));
  return empty ? { ok: false, wrong: 'useful' } : { ok: true, value: read.data };
}

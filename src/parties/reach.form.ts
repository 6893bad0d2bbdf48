import { z } from 'zod';
import type { ContactWay, Precaution } from '../db/tables/case.ts';
import type { Answers } from '../http/form-body.ts';
import { many, one } from '../http/typed-answers.ts';
import { cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { normalisePhone } from '../privacy/contact.ts';
import { isWrittenOnly, PRECAUTIONS, WAYS } from '../requests/request-choices.ts';

export { PRECAUTIONS };
export const REACH_FORM = {
  one: ['phone', 'postal_address', 'trusted_person', 'contact_hours', 'form'],
  many: ['contact_ways', 'precautions'],
} as const;

/** How somebody may be reached from now on. What is left out stays as it was. */
export type Reach = {
  contactWays: readonly ContactWay[];
  precautions: readonly Precaution[];
  phone?: string;
  postalAddress?: string;
  trustedPerson?: string;
  contactHours?: string;
};
/** What is there already, without a word of it: the holder of a code reads no contact back (C-3). */
export type KnownReach = {
  side: 'requester' | 'other';
  contactWays: readonly ContactWay[];
  precautions: readonly Precaution[];
  hasPhone: boolean;
  hasEmail: boolean;
  hasAddress: boolean;
  hasTrusted: boolean;
};

/** The ways a side may choose: no mail where there is no address, and nobody in between for the other party. */
export function waysFor({ side, hasEmail }: KnownReach): ContactWay[] {
  return WAYS.filter((way) => (way !== 'email' || hasEmail) && (way !== 'trusted_person' || side === 'requester'));
}

const LIMITS = { postal_address: 200, trusted_person: 200, contact_hours: 100 } as const;
const boxes = <T extends readonly string[]>(known: T, error: string) =>
  z.array(z.enum(known, error), error).refine((chosen) => new Set(chosen).size === chosen.length, error);
const Ways = boxes(WAYS, 'contact_ways').min(1, 'contact_ways');
const Precautions = boxes(PRECAUTIONS, 'precautions');

/** Field → key of its message, those of the request form. */
export type ReachFaults = Record<string, string>;

/** Reads the form of « Comment me joindre »: a chosen way needs what it takes to use it, known already or typed now, and one at least can be used. */
export function readReach(
  answers: Answers,
  known: KnownReach,
): { ok: true; value: Reach } | { ok: false; errors: ReachFaults } {
  const text = (name: string) => cleanLine(one(answers, name) ?? '');
  const errors: ReachFaults = {};
  const ways = Ways.safeParse(many(answers, 'contact_ways'));
  const precautions = Precautions.safeParse(many(answers, 'precautions'));
  const phone = text('phone') ? normalisePhone(text('phone')) : undefined;
  const chosen = ways.success ? ways.data : [];
  if (!ways.success || chosen.some((way) => !waysFor(known).includes(way))) errors['contact_ways'] = 'contact_ways';
  else if (isWrittenOnly(chosen, many(answers, 'precautions'))) errors['contact_ways'] = 'contact_ways_written';
  if (phone && !phone.ok) errors['phone'] = phone.reason === 'malformed' ? 'phone' : 'phone_special';
  else if (chosen.includes('phone') && !phone && !known.hasPhone) errors['phone'] = 'phone_missing';
  for (const [name, limit] of Object.entries(LIMITS)) if (lengthOf(text(name)) > limit) errors[name] = name;
  if (chosen.includes('post') && !text('postal_address') && !known.hasAddress)
    errors['postal_address'] ??= 'postal_address_missing';
  if (chosen.includes('trusted_person') && !text('trusted_person') && !known.hasTrusted)
    errors['trusted_person'] ??= 'trusted_person_missing';
  if (!precautions.success) errors['precautions'] = 'precautions';
  if (!precautions.success || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    value: {
      contactWays: chosen,
      precautions: precautions.data,
      ...(phone?.ok ? { phone: phone.value } : {}),
      ...(text('postal_address') ? { postalAddress: text('postal_address') } : {}),
      ...(text('trusted_person') && known.side === 'requester' ? { trustedPerson: text('trusted_person') } : {}),
      ...(text('contact_hours') ? { contactHours: text('contact_hours') } : {}),
    },
  };
}

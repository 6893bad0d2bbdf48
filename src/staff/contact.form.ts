import { z } from 'zod';
import type { ContactWay, Precaution } from '../db/tables/case.ts';
import { normaliseEmail, normalisePhone, type Normalised } from '../privacy/contact.ts';
import { isWrittenOnly, LANGUAGES, PRECAUTIONS, WAYS } from '../requests/request-choices.ts';
import { optionalCode, optionalLine, present, someOf, ticked } from './act.form.ts';

// How somebody is reached, as the team types it: of whoever asked and of the other side alike.

export const CONTACT_FIELDS = [
  'phone',
  'email',
  'postalAddress',
  'contactHours',
  'spokenLanguage',
  'interpreter',
] as const;
export const CONTACT_LISTS = ['contactWays', 'precautions'] as const;

const normalised = (normalise: (typed: string) => Normalised) =>
  optionalLine.transform((typed, context) => {
    if (!typed) return undefined;
    const read = normalise(typed);
    if (read.ok) return read.value;
    context.addIssue('missing');
    return z.NEVER;
  });

export const contactShape = {
  phone: normalised(normalisePhone),
  email: normalised(normaliseEmail),
  postalAddress: optionalLine,
  contactHours: optionalLine,
  spokenLanguage: optionalCode(LANGUAGES),
  interpreter: ticked,
  contactWays: someOf(WAYS).transform((ways): ContactWay[] => ways ?? []),
  precautions: someOf(PRECAUTIONS).transform((asked): Precaution[] => asked ?? []),
};

type Contact = z.output<z.ZodObject<typeof contactShape>>;

/** Whoever may be written to by e-mail has an address: said beside it. */
export function hasItsAddress({ contactWays, email }: Pick<Contact, 'contactWays' | 'email'>): boolean {
  return !contactWays.includes('email') || email !== undefined;
}
export const ADDRESS_MISSING = { path: ['email'], error: 'missing' };

/** Whoever asks not to be written to is reached another way than by letter or mail: said beside the ways. */
export function canBeReached({ contactWays, precautions }: Pick<Contact, 'contactWays' | 'precautions'>): boolean {
  return !isWrittenOnly(contactWays, precautions);
}
export const WRITTEN_ONLY = { path: ['contactWays'], error: 'writtenOnly' };

/** As the commands take it: what was not typed is absent. */
export function contactOf({ interpreter, contactWays, precautions, ...typed }: Contact) {
  const { phone, email, postalAddress, contactHours, spokenLanguage } = typed;
  const given = present({ phone, email, postalAddress, contactHours, spokenLanguage });
  return { interpreter, contactWays, precautions, ...given };
}

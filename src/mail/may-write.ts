import type { ContactWay, Precaution } from '../db/tables/case.ts';

export type HoldReason = 'danger' | 'minor' | 'asked_not_to_write' | 'no_address';
export type MayWrite = { write: true } | { write: false; reason: HoldReason };

/** Why nothing at all is written to a person, neither mail nor letter (R81, R85, R98); nothing where they may be written to. */
export function whyNotWritten(person: {
  danger: boolean;
  minor: boolean;
  precautions: readonly Precaution[];
}): HoldReason | undefined {
  if (person.danger) return 'danger';
  if (person.minor) return 'minor';
  return person.precautions.includes('do_not_write') ? 'asked_not_to_write' : undefined;
}

/**
 * The one decision before any mail to a person who asked for help (R81, R85, R98). When it says no, nothing is sent and a task
 * is made for somebody who can call or go there.
 */
export function mayWrite(person: {
  danger: boolean;
  ageGroup: 'adult' | 'minor';
  contactWays: readonly ContactWay[];
  precautions: readonly Precaution[];
  hasEmail: boolean;
}): MayWrite {
  const reason = whyNotWritten({ ...person, minor: person.ageGroup === 'minor' });
  if (reason) return { write: false, reason };
  if (!person.hasEmail || !person.contactWays.includes('email')) return { write: false, reason: 'no_address' };
  return { write: true };
}

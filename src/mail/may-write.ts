import type { ContactWay, Precaution } from '../db/tables/case.ts';

export type HoldReason = 'danger' | 'minor' | 'asked_not_to_write' | 'no_address';
export type MayWrite = { write: true } | { write: false; reason: HoldReason };

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
  if (person.danger) return { write: false, reason: 'danger' };
  if (person.ageGroup === 'minor') return { write: false, reason: 'minor' };
  if (person.precautions.includes('do_not_write')) return { write: false, reason: 'asked_not_to_write' };
  if (!person.hasEmail || !person.contactWays.includes('email')) return { write: false, reason: 'no_address' };
  return { write: true };
}

/** Why an invitation is not printed: a danger holds everything back, the person asked not to be written to, nobody stands for a minor. */
export type LetterBar = 'danger' | 'do_not_write' | 'no_representative';

/**
 * May this party be invited by letter (R81, R85, R98)? A minor's letter goes to whoever represents them.
 * @returns what is in the way, or nothing.
 */
export function whyNoLetter(party: {
  danger: boolean;
  minor: boolean;
  precautions: readonly string[];
  legalRepresentative: string | undefined;
}): LetterBar | undefined {
  if (party.danger) return 'danger';
  if (party.precautions.includes('do_not_write')) return 'do_not_write';
  return party.minor && !party.legalRepresentative ? 'no_representative' : undefined;
}

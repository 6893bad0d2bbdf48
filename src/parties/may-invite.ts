import { type CaseState, WITHOUT_MEDIATOR } from '../cases/case-status.ts';

/**
 * Why an invitation is not printed: a danger holds everything back, the person asked not to be written to, no mediator has accepted the case and
 * could sign, nobody stands for a minor.
 */
export type LetterBar = 'danger' | 'do_not_write' | 'no_mediator' | 'no_representative';

/**
 * May this party of this case be invited by letter (R33, R81, R85, R98)? A minor's letter goes to whoever represents them.
 * @returns what is in the way, or nothing.
 */
export function whyNoLetter(
  theCase: { state: CaseState; danger: boolean },
  party: { minor: boolean; precautions: readonly string[]; legalRepresentative: string | undefined },
): LetterBar | undefined {
  if (theCase.danger) return 'danger';
  if (party.precautions.includes('do_not_write')) return 'do_not_write';
  if (WITHOUT_MEDIATOR.includes(theCase.state)) return 'no_mediator';
  return party.minor && !party.legalRepresentative ? 'no_representative' : undefined;
}

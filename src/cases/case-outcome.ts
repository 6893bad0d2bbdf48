// Closing outcomes (spec §4.7 `issue`). Codes are data a town may relabel; the machine knows which transition each one takes.
import type { CaseState, TransitionName } from './case-status.ts';

export const ADMINISTRATIVE_OUTCOMES = [
  'ORIENTE',
  'RELAIS_PARTENAIRE',
  'HORS_PERIMETRE',
  'DEMENAGEMENT',
  'DANGER_ORIENTE',
  'DOUBLON',
] as const;
/** Ends after which the person goes somewhere else, and reads where (T33, like T7). */
const ELSEWHERE: readonly string[] = ['ORIENTE', 'RELAIS_PARTENAIRE'];
export function sendsElsewhere(outcome: string | null): boolean {
  return outcome !== null && ELSEWHERE.includes(outcome);
}
/** What a mediation came to, good or not. */
export const MEASURED_OUTCOMES = [
  'ACCORD_ECRIT',
  'ACCORD_ORAL',
  'APAISE',
  'DIALOGUE_REPRIS',
  'ACCORD_PARTIEL',
  'ECHEC',
  'AGGRAVE',
] as const;
export const NOT_ENGAGED_OUTCOMES = ['NON_ENGAGEE_REFUS_DEMANDEUR', 'NON_ENGAGEE_REFUS_AUTRE', 'INJOIGNABLE'] as const;
export const PROPOSABLE_OUTCOMES = [
  'RESOLU_ECOUTE',
  ...MEASURED_OUTCOMES,
  ...NOT_ENGAGED_OUTCOMES,
  ...ADMINISTRATIVE_OUTCOMES,
] as const;
export type ProposableOutcome = (typeof PROPOSABLE_OUTCOMES)[number];

/** Every way a request ends; each has its sentence on the follow page. */
export const OUTCOMES = [...PROPOSABLE_OUTCOMES, 'RETRAIT', 'SANS_SUITE_INCOMPLET'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const TRANSITIONS_OF_CLOSING = ['T13', 'T14', 'T18', 'T20', 'T22', 'T28'] as const;
type Closing = (typeof TRANSITIONS_OF_CLOSING)[number];

/** What ends a case in each state, beside what is neutral. */
const OF_STATE: Partial<Record<CaseState, Partial<Record<Closing, readonly ProposableOutcome[]>>>> = {
  first_contact: { T14: ['RESOLU_ECOUTE'], T13: ['INJOIGNABLE'] },
  agreements: { T18: NOT_ENGAGED_OUTCOMES },
  support: { T20: ['RESOLU_ECOUTE', ...NOT_ENGAGED_OUTCOMES] },
  mediation: { T22: ['ECHEC', 'AGGRAVE'] },
  evaluation: { T28: [...MEASURED_OUTCOMES, 'RESOLU_ECOUTE'] },
};

/**
 * The transition a validated proposal takes from this state (§4.3): T13 and T14 from the first contact, T18 while agreements are gathered,
 * T20 after a support, T22 from a mediation, T28 after the evaluation; T33 for what is neutral, from triage on.
 * @returns undefined when a case in this state does not end so.
 */
export function closingTransition(outcome: ProposableOutcome, state: CaseState): TransitionName | undefined {
  if (ADMINISTRATIVE_OUTCOMES.some((known) => known === outcome)) return 'T33';
  const [name] = Object.entries(OF_STATE[state] ?? {}).find(([, ends]) => ends?.includes(outcome)) ?? [];
  return TRANSITIONS_OF_CLOSING.find((known) => known === name);
}

/** How a case in this state may end, for the form. */
export function outcomesFor(state: CaseState): ProposableOutcome[] {
  return PROPOSABLE_OUTCOMES.filter((outcome) => closingTransition(outcome, state) !== undefined);
}

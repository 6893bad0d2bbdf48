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

const FAILED: readonly string[] = ['ECHEC', 'AGGRAVE'];
const NOT_ENGAGED: readonly string[] = NOT_ENGAGED_OUTCOMES;
const MEASURED: readonly string[] = MEASURED_OUTCOMES;

/**
 * The transition a validated proposal takes from this state (§4.3): T13 and T14 from the first contact, T18 while agreements are gathered,
 * T20 after a support, T22 from a mediation, T28 after the evaluation; T33 for what is neutral, from triage on.
 * @returns undefined when a case in this state does not end so.
 */
export function closingTransition(outcome: ProposableOutcome, state: CaseState): TransitionName | undefined {
  if (ADMINISTRATIVE_OUTCOMES.some((known) => known === outcome)) return 'T33';
  switch (state) {
    case 'first_contact':
      if (outcome === 'RESOLU_ECOUTE') return 'T14';
      return outcome === 'INJOIGNABLE' ? 'T13' : undefined;
    case 'agreements':
      return NOT_ENGAGED.includes(outcome) ? 'T18' : undefined;
    case 'support':
      return outcome === 'RESOLU_ECOUTE' || NOT_ENGAGED.includes(outcome) ? 'T20' : undefined;
    case 'mediation':
      return FAILED.includes(outcome) ? 'T22' : undefined;
    case 'evaluation':
      return MEASURED.includes(outcome) || outcome === 'RESOLU_ECOUTE' ? 'T28' : undefined;
    default:
      return undefined;
  }
}

/** How a case in this state may end, for the form. */
export function outcomesFor(state: CaseState): ProposableOutcome[] {
  return PROPOSABLE_OUTCOMES.filter((outcome) => closingTransition(outcome, state) !== undefined);
}

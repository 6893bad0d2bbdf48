// Closing outcomes (spec §4.7 `issue`). Codes are data a town may relabel; the machine knows which transition each one takes.

export const ADMINISTRATIVE_OUTCOMES = [
  'ORIENTE',
  'RELAIS_PARTENAIRE',
  'HORS_PERIMETRE',
  'DEMENAGEMENT',
  'DANGER_ORIENTE',
  'DOUBLON',
] as const;
export type AdministrativeOutcome = (typeof ADMINISTRATIVE_OUTCOMES)[number];
export type ProposableOutcome = AdministrativeOutcome | 'RESOLU_ECOUTE';

/** Every way a request ends; each has its sentence on the follow page. */
export const OUTCOMES = [...ADMINISTRATIVE_OUTCOMES, 'RESOLU_ECOUTE', 'RETRAIT', 'SANS_SUITE_INCOMPLET'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const PROPOSABLE_OUTCOMES: readonly ProposableOutcome[] = ['RESOLU_ECOUTE', ...ADMINISTRATIVE_OUTCOMES];

/** The transition a validated proposal takes: T14 for listening that was enough, T33 for the others. */
export function closingTransition(outcome: ProposableOutcome): 'T14' | 'T33' {
  return outcome === 'RESOLU_ECOUTE' ? 'T14' : 'T33';
}

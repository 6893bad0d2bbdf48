// One party's agreement (spec §4.3 « Consentement », F3) and what a case needs before mediation (invariant 1 of §4.13). Pure.

export type AgreementMove = 'yes' | 'no' | 'no_answer' | 'withdrawn';
export type AgreementStanding = 'none' | 'asked' | AgreementMove;

const MOVES: Record<AgreementStanding, readonly AgreementMove[]> = {
  none: ['yes', 'no'],
  asked: ['yes', 'no', 'no_answer'],
  // What was said may be said otherwise later: each answer is a new row, the former ones stay.
  yes: ['yes', 'no', 'withdrawn'],
  no: ['yes', 'no'],
  no_answer: ['yes', 'no'],
  withdrawn: ['yes', 'no'],
};

/** May an agreement that stands so become that? */
export function mayBecome(from: AgreementStanding, to: AgreementMove): boolean {
  return MOVES[from].includes(to);
}

export type PartyStanding = {
  id: string;
  side: 'requester' | 'other';
  institution: boolean;
  minor: boolean;
  ended: boolean;
  agreement: AgreementStanding;
  /** Item 1 of F3, given and not taken back. */
  takesPart: boolean;
  mandate: boolean;
  legalRepresentativeAgreed: boolean;
};

export type Missing = 'requester' | 'other' | 'mandate' | 'legal_representative';

/** What a yes needs beside itself: a mandate (R11), the representative of a minor (R81), an interpreter (R101). */
export type Needs = { mandate: boolean; legalRepresentative: boolean; interpreter: boolean };

/** @param throughInterpreter this party speaks through an interpreter. */
export function needsOf(party: Pick<PartyStanding, 'institution' | 'minor'>, throughInterpreter: boolean): Needs {
  return { mandate: party.institution, legalRepresentative: party.minor, interpreter: throughInterpreter };
}

/** A tension felt before works, a link to create, a collective action: one party is enough (R8, T16). */
export function needsOneParty(theCase: { need: string; complexity: string | null; preventive: boolean }): boolean {
  return theCase.preventive || theCase.need === 'link' || theCase.complexity === 'collective';
}

/** Does this party take part, with all that its agreement needs: a mandate for an institution, the representative of a minor (R11, R81)? */
export function lacks(party: PartyStanding): Missing | undefined {
  if (party.agreement !== 'yes' || !party.takesPart) return party.side;
  if (party.institution && !party.mandate) return 'mandate';
  if (party.minor && !party.legalRepresentativeAgreed) return 'legal_representative';
  return undefined;
}

/**
 * What is still missing before a mediation may begin or go on (line 2 of architecture.md): the requester, everybody else who is still
 * asked, and two parties unless one is enough. Empty when nothing is.
 */
export function missingAgreements(
  theCase: { need: string; complexity: string | null; preventive: boolean },
  parties: readonly PartyStanding[],
): Missing[] {
  const present = parties.filter(({ ended }) => !ended);
  const missing = present.flatMap((party) => lacks(party) ?? []);
  if (!present.some(({ side }) => side === 'requester')) missing.push('requester');
  if (!needsOneParty(theCase) && !present.some(({ side }) => side === 'other')) missing.push('other');
  return [...new Set(missing)];
}

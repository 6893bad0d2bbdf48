// The side machine of a request to a partner (spec §4.3 « DemandePartenaire »). Pure.

export const REPLIES = ['in_hand', 'done', 'answered', 'not_competent', 'needs_info', 'unable'] as const;
export type Reply = (typeof REPLIES)[number];
export type RequestState = 'sent' | 'acknowledged' | Reply | 'cancelled';

/** Everything but a last answer may still be cancelled, and answered. */
export const UNENDED: readonly RequestState[] = ['sent', 'acknowledged', 'in_hand', 'needs_info'];

/** Somebody is still reminded: any answer, « impossible de répondre » too, ends that (invariant 5 of §4.13). */
export function isWaiting(state: RequestState): boolean {
  return state === 'sent' || state === 'acknowledged';
}

/** May a request that stands so be answered so? After « prise en charge » the organisation still says what was done. */
export function mayAnswer(state: RequestState, reply: Reply): boolean {
  if (state === 'cancelled') return false;
  if (isWaiting(state) || state === 'needs_info') return true;
  return state === 'in_hand' && reply !== 'needs_info';
}

/** « J’ai bien reçu » is said once, before any answer. */
export function mayAcknowledge(state: RequestState): boolean {
  return state === 'sent';
}

/** Forces of order refer and get a closed answer; they are never asked about a case (R84, line 4). */
const FORCES_OF_ORDER: readonly string[] = ['police_nationale', 'gendarmerie', 'police_municipale'];

/** May an organisation of this type be asked about a case? */
export function mayBeAsked(organisationType: string): boolean {
  return !FORCES_OF_ORDER.includes(organisationType);
}

/** An organisation may ask for a mediation for itself; a party reads its case, so the forces of order may not (R84). */
export function mayBeParty(organisationType: string): boolean {
  return !FORCES_OF_ORDER.includes(organisationType);
}

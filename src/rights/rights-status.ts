import { type CaseState, isActive } from '../cases/case-status.ts';

// What a person may ask of the data kept on them, and how such a request stands (F15, R82; GDPR art. 12, 15–18, 21).

export const RIGHTS = ['access', 'correct', 'erase', 'restrict', 'object'] as const;
export type Right = (typeof RIGHTS)[number];

/** How the person wants to be answered. */
export const RIGHTS_REPLIES = ['page', 'phone', 'post'] as const;
export type RightsReply = (typeof RIGHTS_REPLIES)[number];

/** By which door it came, beside the person's own page. */
export const TYPED_CHANNELS = ['phone', 'desk', 'letter'] as const;
export type RightsChannel = 'web' | (typeof TYPED_CHANNELS)[number];

/** What showed that it is this person: no paper of identity is asked where less will do. */
export const CHECKS_WITHOUT_CODE = ['known_phone', 'known_address', 'known_in_person'] as const;
export type CheckWithoutCode = (typeof CHECKS_WITHOUT_CODE)[number];
export const IDENTITY_CHECKS = ['number_and_code', ...CHECKS_WITHOUT_CODE] as const;
export type RightsIdentity = 'code' | (typeof IDENTITY_CHECKS)[number];

/** What the law lets a town answer no with. */
export const REFUSAL_GROUNDS = [
  'excessive',
  'not_identified',
  'legal_duty',
  'public_mission',
  'others_rights',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

export const RIGHTS_STATES = ['received', 'extended', 'answered', 'refused', 'taken_back'] as const;
export type RightsState = (typeof RIGHTS_STATES)[number];

/** Where each state leads. An answer is the last word; the month is made longer once. */
const NEXT: Record<RightsState, readonly RightsState[]> = {
  received: ['extended', 'answered', 'refused', 'taken_back'],
  extended: ['answered', 'refused', 'taken_back'],
  answered: [],
  refused: [],
  taken_back: [],
};

export function mayBecome(from: RightsState, to: RightsState): boolean {
  return NEXT[from].includes(to);
}

/** Somebody still waits for an answer. */
export function isOpenRight(state: RightsState): boolean {
  return NEXT[state].length > 0;
}
/** Those in which somebody still waits. */
export const OPEN_RIGHTS = RIGHTS_STATES.filter(isOpenRight);

/** How many months an answer stays within reach of somebody whose contact is on its way out. */
export const READ_MONTHS = 1;

/** What of a person's data can be taken away at all. */
export const ERASABLE = ['story', 'messages', 'files', 'email', 'contact'] as const;
export type Erasable = (typeof ERASABLE)[number];

/**
 * What of a person's data may be erased now. The contact is what a request that goes on lives by: it may go once the case has ended, or the person
 * has left it. What was agreed, the dates and the decisions stay as long as the case does: others count on them, and they are the town's archives.
 */
export function mayErase(
  theCase: { state: CaseState },
  party: { side: 'requester' | 'other'; ended: boolean },
): Erasable[] {
  const goesOn = isActive(theCase.state) && !party.ended;
  return ERASABLE.filter((what) => (what !== 'story' || party.side === 'requester') && (what !== 'contact' || !goesOn));
}

// The state machine of a case (spec §4.3, T1–T35): a table and one pure function. Every command asks it before it writes.

export const CASE_STATES = [
  'received',
  'in_triage',
  'more_info_needed',
  'redirected',
  'merged',
  'accepted',
  'assigned',
  'first_contact',
  'agreements',
  'support',
  'mediation',
  'follow_up',
  'evaluation',
  'closed',
  'archived',
  'anonymised',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type CaseActor = 'requester' | 'party' | 'partner' | 'mediator' | 'leader' | 'timer' | 'service';

const ENDED: readonly CaseState[] = ['redirected', 'merged', 'closed', 'archived', 'anonymised'];

/** States in which somebody waits for somebody; withdrawal works from each of them (R30, line 2 of architecture.md). */
export const ACTIVE_STATES: readonly CaseState[] = CASE_STATES.filter((state) => !ENDED.includes(state));

/** Agreements are being gathered. */
export const GATHERING: readonly CaseState[] = ['agreements', 'support'];
/** What a party says of the relation is its beginning. */
export const BEFORE_MEDIATION: readonly CaseState[] = ['first_contact', ...GATHERING];
/** A mediator talks with the people: sessions are planned, notes written, agreements noted. */
export const TALKING: readonly CaseState[] = [...BEFORE_MEDIATION, 'mediation', 'follow_up'];
/** Partners may be asked, from triage to the checks. */
export const ASKING: readonly CaseState[] = ['in_triage', 'accepted', ...TALKING];

/** No mediator has it: before the first one accepts, and again while another is looked for. */
export const WITHOUT_MEDIATOR: readonly CaseState[] = [
  'received',
  'in_triage',
  'more_info_needed',
  'accepted',
  'assigned',
];

const FROM_TRIAGE = ACTIVE_STATES.filter((state) => state !== 'received');

export type TransitionName =
  | 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6' | 'T7' | 'T8' | 'T9' | 'T10' | 'T11' | 'T12' | 'T13' | 'T14' | 'T15' | 'T16' | 'T17'
  | 'T18' | 'T19' | 'T20' | 'T21' | 'T22' | 'T23' | 'T24' | 'T25' | 'T26' | 'T27' | 'T28' | 'T29' | 'T30' | 'T31' | 'T32' | 'T33'
  | 'T34' | 'T35'; // prettier-ignore

export type Transition = {
  from: readonly CaseState[];
  /** `same`: a flag changes, not the state. `former`: the state the case had before the mistake. */
  to: CaseState | 'same' | 'former';
  /** The other state it may lead to, where the procedure leaves a choice. */
  orTo?: CaseState;
  by: readonly CaseActor[];
  /** Transitions not built yet refuse with `not_built`, so that nobody mistakes silence for success. */
  built: boolean;
};

export const TRANSITIONS = {
  T1: { from: [], to: 'received', by: ['requester', 'partner', 'mediator'], built: true },
  /** A merged request still belongs to its person: a danger said there reaches somebody. */
  T2: {
    from: [...ACTIVE_STATES, 'merged'],
    to: 'same',
    by: ['requester', 'party', 'partner', 'mediator', 'leader'],
    built: true,
  },
  T3: { from: ['received'], to: 'in_triage', by: ['leader'], built: true },
  T4: { from: ['in_triage'], to: 'more_info_needed', by: ['leader'], built: true },
  T5: { from: ['more_info_needed'], to: 'in_triage', by: ['requester', 'partner', 'leader'], built: true },
  T6: { from: ['more_info_needed'], to: 'closed', by: ['timer'], built: true },
  T7: { from: ['in_triage'], to: 'redirected', by: ['leader'], built: true },
  T8: { from: ['in_triage'], to: 'merged', by: ['leader'], built: true },
  T9: { from: ['in_triage'], to: 'accepted', by: ['leader'], built: true },
  T10: { from: ['accepted'], to: 'assigned', by: ['leader'], built: true },
  T11: { from: ['assigned'], to: 'accepted', by: ['mediator', 'timer'], built: true },
  T12: { from: ['assigned'], to: 'first_contact', by: ['mediator'], built: true },
  T13: { from: ['first_contact'], to: 'closed', by: ['leader'], built: true },
  T14: { from: ['first_contact'], to: 'closed', by: ['leader'], built: true },
  T15: { from: ['first_contact'], to: 'agreements', by: ['mediator', 'leader'], built: true },
  T16: { from: ['agreements'], to: 'mediation', by: ['mediator', 'leader'], built: true },
  T17: { from: ['agreements'], to: 'support', by: ['mediator', 'leader'], built: true },
  T18: { from: ['agreements'], to: 'closed', by: ['leader'], built: true },
  T19: { from: ['support'], to: 'agreements', by: ['mediator', 'leader'], built: true },
  T20: { from: ['support'], to: 'follow_up', orTo: 'closed', by: ['mediator', 'leader'], built: true },
  T21: { from: ['mediation'], to: 'follow_up', by: ['mediator', 'leader'], built: true },
  T22: { from: ['mediation'], to: 'closed', by: ['leader'], built: true },
  T23: {
    from: ['agreements', 'mediation', 'follow_up'],
    to: 'support',
    by: ['party', 'mediator', 'leader'],
    built: true,
  },
  T24: { from: ACTIVE_STATES, to: 'same', by: ['mediator', 'leader', 'timer'], built: true },
  T25: { from: ACTIVE_STATES, to: 'same', by: ['mediator', 'leader', 'partner', 'service'], built: true },
  T26: { from: ['follow_up'], to: 'mediation', by: ['mediator', 'leader'], built: true },
  T27: { from: ['follow_up'], to: 'evaluation', by: ['mediator', 'leader'], built: true },
  T28: { from: ['evaluation'], to: 'closed', by: ['leader'], built: true },
  T29: { from: ['closed'], to: 'in_triage', by: ['requester', 'mediator', 'leader'], built: true },
  T30: { from: ['closed'], to: 'archived', by: ['service'], built: false },
  T31: { from: CASE_STATES, to: 'anonymised', by: ['service'], built: false },
  /** A merged request keeps its withdrawal: its person never agreed to the other one. */
  T32: { from: [...ACTIVE_STATES, 'merged'], to: 'closed', by: ['requester', 'mediator', 'leader'], built: true },
  T33: { from: FROM_TRIAGE, to: 'closed', by: ['leader'], built: true },
  T34: {
    from: ['assigned', 'first_contact', 'agreements', 'support', 'mediation', 'follow_up'],
    to: 'assigned',
    by: ['leader'],
    built: true,
  },
  T35: { from: ['redirected', 'merged', 'closed'], to: 'former', by: ['leader'], built: true },
} as const satisfies Record<TransitionName, Transition>;

/** What leads to a mediation; closed where somebody of the family or the partner is feared (spec §3.6). */
const MEDIATION_ROAD: readonly CaseState[] = ['assigned', 'agreements', 'mediation'];
/** These lead there too: being in scope, joining a request that is near. */
const ONTO_THE_ROAD: readonly TransitionName[] = ['T8', 'T9'];

export type Refusal = 'not_built' | 'not_allowed_now' | 'not_your_case' | 'out_of_mediation';
export type Decision = { allowed: true; to: CaseState } | { allowed: false; refusal: Refusal };

/**
 * May this actor take this transition now?
 * @param current the state in the locked row, the state before the last change (needed by T35 only), and whether somebody of the family or
 * the partner is feared: then nothing leads to a mediation.
 * @param want the state that is meant, for a transition that may lead to one of two.
 */
export function decide(
  name: TransitionName,
  actor: CaseActor,
  current: { state: CaseState; formerState: CaseState | null; familyDanger?: boolean },
  want?: CaseState,
): Decision {
  const decision = decideByTable(name, actor, current, want);
  if (!decision.allowed || !current.familyDanger) return decision;
  const moves = decision.to !== current.state;
  const leads = ONTO_THE_ROAD.includes(name) || (moves && MEDIATION_ROAD.includes(decision.to));
  return leads ? { allowed: false, refusal: 'out_of_mediation' } : decision;
}

function decideByTable(
  name: TransitionName,
  actor: CaseActor,
  current: { state: CaseState; formerState: CaseState | null },
  want: CaseState | undefined,
): Decision {
  const transition: Transition = TRANSITIONS[name];
  if (!transition.built) return { allowed: false, refusal: 'not_built' };
  if (!transition.from.includes(current.state)) return { allowed: false, refusal: 'not_allowed_now' };
  if (!transition.by.includes(actor)) return { allowed: false, refusal: 'not_your_case' };
  if (want !== undefined && want === transition.orTo) return { allowed: true, to: want };
  if (transition.to === 'same') return { allowed: true, to: current.state };
  if (transition.to !== 'former') return { allowed: true, to: transition.to };
  return current.formerState
    ? { allowed: true, to: current.formerState }
    : { allowed: false, refusal: 'not_allowed_now' };
}

/** May the person still write and stop? A merged request keeps both: its person never agreed to the other one (§4.3). */
export function isOpenToPerson(state: CaseState): boolean {
  return isActive(state) || state === 'merged';
}

/** A person may be answered, and asks, as long as anything is kept: after an archiving there is nothing here. */
export function holdsData(state: CaseState): boolean {
  return state !== 'archived' && state !== 'anonymised';
}

export function isActive(state: CaseState): boolean {
  return ACTIVE_STATES.includes(state);
}

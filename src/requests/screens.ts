import type { Answers } from '../http/form-body.ts';

/** Names of the fields of each screen, in order; anything else in a post is refused. */
export const SCREENS = {
  danger: { one: ['danger', 'family'], many: [] },
  need: { one: ['need'], many: [] },
  what: { one: ['service', 'service_text'], many: ['categories'] },
  place: { one: ['quarter', 'place', 'place_type', 'place_text', 'transport_line', 'transport_stop'], many: [] },
  story: {
    one: ['story', 'relation', 'relation_score', 'hopes_text', 'since', 'frequency', 'procedure'],
    many: ['hopes', 'moments', 'done_before'],
  },
  care: {
    one: ['contact_hours', 'spoken_language', 'interpreter'],
    many: ['precautions', 'access_needs', 'difficulties'],
  },
  contact: {
    one: ['first_name', 'phone', 'email', 'postal_address', 'trusted_person'],
    many: ['contact_ways'],
  },
  send: { one: ['age_group', 'accept_contact', 'read_notice', 'accept_evaluation'], many: [] },
  note: { one: ['note'], many: [] },
} as const satisfies Record<string, { one: readonly string[]; many: readonly string[] }>;
export type Screen = keyof typeof SCREENS;

/** A request: the danger question, six screens, and the page that shows every answer before it is sent. */
export const SCREEN_ORDER = ['danger', 'need', 'what', 'place', 'story', 'care', 'contact', 'send'] as const satisfies readonly Screen[]; // prettier-ignore
/** A place pointed out without a name: nobody is asked who they are. */
export const SIGNAL_ORDER = ['danger', 'need', 'what', 'place', 'note'] as const satisfies readonly Screen[];
const ALL_SCREENS: readonly Screen[] = [...SCREEN_ORDER, 'note'];

export function isSignal(answers: Answers): boolean {
  return answers['need'] === 'place';
}

/** The screens of this form, in order, as far as the answers tell. */
export function screensOf(answers: Answers): readonly Screen[] {
  return isSignal(answers) ? SIGNAL_ORDER : SCREEN_ORDER;
}

export function lastOf(answers: Answers): Screen {
  return isSignal(answers) ? 'note' : 'send';
}

export function screenNamed(name: unknown): Screen | undefined {
  return ALL_SCREENS.find((known) => known === name);
}

/** The screen before or after this one; the first where there is none. */
export function neighbour(answers: Answers, screen: Screen, step: 1 | -1): Screen {
  const order = screensOf(answers);
  return order[order.indexOf(screen) + step] ?? 'danger';
}

/** The fields of one screen: nothing else belongs into a post of it. */
export function fieldsOf(screen: Screen): readonly string[] {
  return [...SCREENS[screen].one, ...SCREENS[screen].many];
}

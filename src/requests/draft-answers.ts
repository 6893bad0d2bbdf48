import type { Answers } from '../http/form-body.ts';
import { cleanBlock } from '../privacy/clean-text.ts';
import { type Screen, SCREENS } from './request.form.ts';

// What travels in the hidden field. It must open again at the next step, so it stays small whatever was pasted.

const STORY_SIGNS = 6_000;
const LINE_SIGNS = 700;
const MANY_VALUES = 30;
const VALUE_SIGNS = 60;

/** The fields of one screen: nothing else belongs into a post of it. */
export function fieldsOf(screen: Screen): readonly string[] {
  return [...SCREENS[screen].one, ...SCREENS[screen].many];
}

/** The answers so far, with this screen's replaced by what was just posted, as it was typed. */
export function withAnswers(before: Answers, screen: Screen, typed: Answers): Answers {
  const own = fieldsOf(screen);
  const now = Object.entries(typed).filter(([name]) => own.includes(name));
  return { ...withoutScreen(before, screen), ...Object.fromEntries(now) };
}

/** A page with errors holds what was typed in its own fields, whole: the hidden field keeps the other screens only (B-03). */
export function withoutScreen(answers: Answers, screen: Screen): Answers {
  const own = fieldsOf(screen);
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !own.includes(name)));
}

/** Small enough to be sealed. An answer within its limit is never cut: blanks and unseen signs go before letters do. */
export function bounded(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [
      name,
      Array.isArray(value) ? boundedList(value) : line(name, value),
    ]),
  );
}

function line(name: string, value: string): string {
  const most = name === 'story' ? STORY_SIGNS : LINE_SIGNS;
  return value.length <= most ? value : cleanBlock(value).slice(0, most);
}

function boundedList(values: string[]): string[] {
  return values.slice(0, MANY_VALUES).map((value) => value.slice(0, VALUE_SIGNS));
}

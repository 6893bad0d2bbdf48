import type { Answers } from '../http/form-body.ts';
import { cleanBlock } from '../privacy/clean-text.ts';
import { type Draft, openDraft } from '../privacy/draft-seal.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { fieldsOf, type Screen } from './screens.ts';

// What travels in the hidden field. It must open again at the next step, so it stays small whatever was pasted.

const STORY_SIGNS = 6_000;
const LINE_SIGNS = 700;
const MANY_VALUES = 30;
const VALUE_SIGNS = 60;

/** Besides the answers: by a poster's code, to be kept on the device, all read once, where to go on after the danger question. */
export const DRAFT_NOTES = { poster: 'by_poster', kept: 'kept', reviewed: 'reviewed', goOn: 'go_on' } as const;

/** A draft lives seven days of real time, in the page or on the device. */
const DRAFT_LIFE_MS = 7 * 86_400_000;

export function isTooOld(draft: { startedAt: number }, realNow: number): boolean {
  return realNow > keptUntil(draft);
}

/** Real time (ms) until which it may stay on a device; there, it also tells this form from every other. */
export function keptUntil(draft: { startedAt: number }): number {
  return draft.startedAt + DRAFT_LIFE_MS;
}

/** The draft a form came with, as long as it holds; nothing where it is none of ours, or too old. */
export function heldDraft(keys: KeyRing, townId: string, sealed: unknown): Draft | undefined {
  const draft = openDraft(keys, townId, typeof sealed === 'string' ? sealed : undefined);
  return draft && !isTooOld(draft, Date.now()) ? draft : undefined;
}

/**
 * The answers so far, with this screen's replaced by what was just posted, as it was typed. Another door has questions of its own: nobody has
 * read all of them once.
 */
export function withAnswers(before: Answers, screen: Screen, typed: Answers): Answers {
  const own = fieldsOf(screen);
  const now = Object.entries(typed).filter(([name]) => own.includes(name));
  const answers = { ...withoutScreen(before, screen), ...Object.fromEntries(now) };
  return answers['need'] === before['need'] ? answers : without(answers, [DRAFT_NOTES.reviewed]);
}

/** A page with errors holds what was typed in its own fields, whole: the hidden field keeps the other screens only (B-03). */
export function withoutScreen(answers: Answers, screen: Screen): Answers {
  return without(answers, fieldsOf(screen));
}

export function without(answers: Answers, names: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !names.includes(name)));
}

/** Nothing is told yet: no more than the first two screens ask, and the place that a poster names. */
export function isUntold(answers: Answers): boolean {
  const first = [...fieldsOf('danger'), ...fieldsOf('need'), 'place', DRAFT_NOTES.poster];
  return Object.keys(without(answers, first)).length === 0;
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

import type { Day } from './day.ts';
import { dayAfter, type Offset } from './due.ts';
import { addOpenMinutes, instantAt, localDay, type TownCalendar } from './town-calendar.ts';

/** A rung of a ladder (spec §4.4): when, who is told, what is done. `n` may be negative when counted from the due day. */
export type LadderStep = {
  ordinal: number;
  anchor: 'opened' | 'due';
  offset: Offset;
  audience: string;
  action: string;
  template: string;
};
/** `dropped`: planned away from the first, because a stronger step comes on that day or before it; written down all the same. */
export type StepInstant = {
  ordinal: number;
  at: Date;
  audience: string;
  action: string;
  template: string;
  dropped: boolean;
};

const SPREAD_SECONDS = 20 * 60;

/** 9:00 and the case's own place in the next twenty minutes, so that a town's steps do not all act in one second. */
export function stepTimeOfDay(calendar: TownCalendar, day: Day, caseId: string): Date {
  const opens = instantAt(calendar, day, calendar.messageWindow[0]);
  return new Date(opens.getTime() + (fnv1a(caseId) % SPREAD_SECONDS) * 1000);
}

/**
 * The instants of a ladder's steps, in order. A step that would fall on or before the day of the previous one, or on or before the
 * opening day, is dropped: « steps of the ladder that would fall on or before the previous message are skipped ». Of two on the
 * same day the stronger, later rung stays: « a step on or after the next stronger one is skipped ». Open-hour and immediate
 * steps are exact instants and are never moved or skipped.
 */
export function stepInstants(
  calendar: TownCalendar,
  wait: { openedAt: Date; dueDay: Day; caseId: string; ladder: readonly LadderStep[] },
): StepInstant[] {
  const openedDay = localDay(calendar, wait.openedAt);
  const placed = wait.ladder
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map((step) => {
      if (step.offset.unit === 'now') return { step, day: undefined, at: wait.openedAt };
      if (step.offset.unit === 'open_hour') {
        return { step, day: undefined, at: addOpenMinutes(calendar, wait.openedAt, step.offset.n * 60) };
      }
      const day = dayAfter(calendar, step.anchor === 'due' ? wait.dueDay : openedDay, step.offset);
      return { step, day, at: stepTimeOfDay(calendar, day, wait.caseId) };
    });
  const isDropped = (day: Day | undefined, index: number): boolean =>
    day !== undefined &&
    (day <= openedDay || placed.slice(index + 1).some((stronger) => stronger.day !== undefined && stronger.day <= day));
  return placed.map(({ step: { ordinal, audience, action, template }, at, day }, index) => ({
    ordinal,
    at,
    audience,
    action,
    template,
    dropped: isDropped(day, index),
  }));
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

import type { Day } from '../calendar/day.ts';
import { readDay } from '../calendar/read-day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';

/**
 * A day to come, as a person typed it, read by the town's own today.
 * @throws DomainError not_a_day, day_passed, with the field they stand in.
 */
export function typedDay(policy: TownPolicy, now: Date, typed: string, field: string): Day {
  const today = localDay(policy.calendar, now);
  const day = readDay(typed, today);
  if (!day) throw new DomainError('not_a_day', { field });
  if (day < today) throw new DomainError('day_passed', { field });
  return day;
}

/**
 * The day of something done, as a person typed it: without a year, the latest such day.
 * @throws DomainError not_a_day, day_to_come, with the field they stand in.
 */
export function typedPast(policy: TownPolicy, now: Date, typed: string, field: string): Day {
  const today = localDay(policy.calendar, now);
  const day = readDay(typed, today, 'past');
  if (!day) throw new DomainError('not_a_day', { field });
  if (day > today) throw new DomainError('day_to_come', { field });
  return day;
}

/** A day that may lie behind or ahead, as a person typed it. @throws DomainError not_a_day, with its field. */
export function typedPastOrComing(policy: TownPolicy, now: Date, typed: string, field: string): Day {
  const day = readDay(typed, localDay(policy.calendar, now));
  if (!day) throw new DomainError('not_a_day', { field });
  return day;
}

import type { Day } from './day.ts';
import { instantOf, localDayOf, localTimeOf } from './zone.ts';

/** An hour as people write it: « 14 h 30 », « 14h », « 9:05 », « 9.05 ». @returns `HH:MM`, or undefined. */
export function readHour(typed: string): string | undefined {
  const read = /^(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?$/.exec(typed.normalize('NFKC').trim().toLowerCase());
  const [hour, minute] = [Number(read?.[1]), Number(read?.[2] ?? 0)];
  if (!read || hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/**
 * The instant of a wall-clock time of a day. In the hour a clock change repeats it is the first one.
 * @returns undefined for a time that the night of the change skips: 2:30 on 28 March 2027 does not exist.
 */
export function wallInstant(timeZone: string, day: Day, time: string): Date | undefined {
  const instant = instantOf(timeZone, day, time);
  return localDayOf(timeZone, instant) === day && localTimeOf(timeZone, instant) === time ? instant : undefined;
}

import { type Day, dayNumber, dayOf, weekday } from './day.ts';
import { type HolidayZone, publicHolidays } from './holidays.ts';
import { instantOf, localDayOf, localTimeOf } from './zone.ts';

/** A town's rules about time; rows of the database, given to pure functions. Hours are local, `HH:MM`. */
export type TownCalendar = {
  timeZone: string;
  zone: HolidayZone;
  whitMondayWorked: boolean;
  /** The town's own closing days, both ends included. */
  closures: { from: Day; to: Day }[];
  /** By weekday, 1 = Monday. */
  openingHours: Record<1 | 2 | 3 | 4 | 5 | 6 | 7, [string, string][]>;
  /** Messages leave inside this window only, except receipts, answers and codes. */
  messageWindow: [string, string];
  /** A due day is missed at this time. */
  dueTime: string;
};

const closedDays = new WeakMap<TownCalendar, Map<number, Set<number>>>();

function closedIn(calendar: TownCalendar, year: number): Set<number> {
  let years = closedDays.get(calendar);
  if (!years) closedDays.set(calendar, (years = new Map()));
  let closed = years.get(year);
  if (!closed) {
    closed = new Set(publicHolidays(year, calendar.zone, calendar.whitMondayWorked).map(dayNumber));
    for (const { from, to } of calendar.closures) {
      for (let day = dayNumber(from); day <= dayNumber(to); day += 1) closed.add(day);
    }
    years.set(year, closed);
  }
  return closed;
}

function isWorking(calendar: TownCalendar, number: number): boolean {
  return weekday(number) <= 5 && !closedIn(calendar, new Date(number * 86_400_000).getUTCFullYear()).has(number);
}

/** Jour ouvré: Monday to Friday, neither a public holiday nor a closing day of the town. */
export function isWorkingDay(calendar: TownCalendar, day: Day): boolean {
  return isWorking(calendar, dayNumber(day));
}

/** The day itself when it is a working day, else the next one. */
export function workingDayOnOrAfter(calendar: TownCalendar, day: Day): Day {
  let number = dayNumber(day);
  while (!isWorking(calendar, number)) number += 1;
  return dayOf(number);
}

/** The day itself when it is a working day, else the one before: the last working day inside a term the law sets. */
export function workingDayOnOrBefore(calendar: TownCalendar, day: Day): Day {
  let number = dayNumber(day);
  while (!isWorking(calendar, number)) number -= 1;
  return dayOf(number);
}

/**
 * The n-th working day after a day. The day of the event is day 0 and may itself be closed (spec §4.4);
 * n = 0 gives the first working day on or after it, a negative n counts backwards.
 */
export function addWorkingDays(calendar: TownCalendar, day: Day, n: number): Day {
  if (n === 0) return workingDayOnOrAfter(calendar, day);
  const direction = Math.sign(n);
  let number = dayNumber(day);
  for (let left = Math.abs(n); left > 0;) {
    number += direction;
    if (isWorking(calendar, number)) left -= 1;
  }
  return dayOf(number);
}

/** Working days after `from`, up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: TownCalendar, from: Day, to: Day): number {
  let count = 0;
  for (let number = dayNumber(from) + 1; number <= dayNumber(to); number += 1)
    if (isWorking(calendar, number)) count += 1;
  return count;
}

/** The town's local day at an instant. */
export function localDay(calendar: TownCalendar, instant: Date): Day {
  return localDayOf(calendar.timeZone, instant);
}

/** A local time of a local day as an instant; a time that a clock change skips is the one as much later. */
export function instantAt(calendar: TownCalendar, day: Day, time: string): Date {
  return instantOf(calendar.timeZone, day, time);
}

function openings(calendar: TownCalendar, number: number): [string, string][] {
  const closed = closedIn(calendar, new Date(number * 86_400_000).getUTCFullYear()).has(number);
  return closed ? [] : calendar.openingHours[weekday(number)];
}

/** Is the service open at this instant? */
export function isOpen(calendar: TownCalendar, instant: Date): boolean {
  const time = localTimeOf(calendar.timeZone, instant);
  return openings(calendar, dayNumber(localDay(calendar, instant))).some(([from, to]) => from <= time && time < to);
}

const A_YEAR_OF_DAYS = 370;

/** The instant itself when open, else when the service opens next. @throws when the town never opens. */
export function nextOpening(calendar: TownCalendar, instant: Date): Date {
  return addOpenMinutes(calendar, instant, 0);
}

/** Counts open minutes only: « 1 h, 4 h » after a danger flag (spec §4.4). @throws when the town never opens. */
export function addOpenMinutes(calendar: TownCalendar, instant: Date, minutes: number): Date {
  let left = minutes * 60_000;
  const first = dayNumber(localDay(calendar, instant));
  for (let number = first; number < first + A_YEAR_OF_DAYS; number += 1) {
    for (const [from, to] of openings(calendar, number)) {
      const opens = Math.max(instantAt(calendar, dayOf(number), from).getTime(), instant.getTime());
      const closes = instantAt(calendar, dayOf(number), to).getTime();
      if (opens >= closes) continue;
      if (opens + left <= closes) return new Date(opens + left);
      left -= closes - opens;
    }
  }
  throw new Error('the town never opens');
}

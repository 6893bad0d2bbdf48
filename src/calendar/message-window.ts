import { instantAt, isWorkingDay, localDay, type TownCalendar, workingDayOnOrAfter } from './town-calendar.ts';
import { dayNumber, dayOf } from './day.ts';

/** When a message that waits for the window may leave: now on a working day between its hours, else when it opens next (spec §4.4). */
export function nextMessageInstant(calendar: TownCalendar, now: Date): Date {
  const today = localDay(calendar, now);
  const [opens, closes] = calendar.messageWindow;
  if (isWorkingDay(calendar, today)) {
    if (now < instantAt(calendar, today, opens)) return instantAt(calendar, today, opens);
    if (now <= instantAt(calendar, today, closes)) return now;
  }
  return instantAt(calendar, workingDayOnOrAfter(calendar, dayOf(dayNumber(today) + 1)), opens);
}

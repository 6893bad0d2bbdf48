import { addMonths, type Day, dayNumber, dayOf } from './day.ts';
import {
  addOpenMinutes,
  addWorkingDays,
  instantAt,
  localDay,
  type TownCalendar,
  workingDayOnOrAfter,
} from './town-calendar.ts';

/** How far something is. `open_hour` counts opening hours; `now` is this very instant. */
export type Offset = { unit: 'working_day' | 'calendar_day' | 'month' | 'open_hour' | 'now'; n: number };

/** The local day that lies `offset` after a day; one that is not a working day moves to the next working day. */
export function dayAfter(calendar: TownCalendar, day: Day, offset: Offset): Day {
  switch (offset.unit) {
    case 'working_day':
      return addWorkingDays(calendar, day, offset.n);
    case 'calendar_day':
      return workingDayOnOrAfter(calendar, dayOf(dayNumber(day) + offset.n));
    case 'month':
      return workingDayOnOrAfter(calendar, addMonths(day, offset.n));
    case 'open_hour':
    case 'now':
      return day;
  }
}

/** The local day on which a wait opened now is due. */
export function dueDay(calendar: TownCalendar, openedAt: Date, target: Offset): Day {
  return localDay(calendar, dueAt(calendar, openedAt, target));
}

/** The instant at which it is missed: 17:30 town time of the due day; for open hours, the minute itself. */
export function dueAt(calendar: TownCalendar, openedAt: Date, target: Offset): Date {
  if (target.unit === 'open_hour') return addOpenMinutes(calendar, openedAt, target.n * 60);
  if (target.unit === 'now') return openedAt;
  return instantAt(calendar, dayAfter(calendar, localDay(calendar, openedAt), target), calendar.dueTime);
}

import { addMonths } from '../calendar/day.ts';
import { localDay, type TownCalendar } from '../calendar/town-calendar.ts';

/** Spec §3.5, « Attachments/photos: deleted at closure + 3 months ». */
const KEPT_MONTHS = 3;

/** The local day from which what was sent to a case that ended at this instant is kept no more. */
export function erasedFrom(calendar: TownCalendar, closedAt: Date): string {
  return addMonths(localDay(calendar, closedAt), KEPT_MONTHS);
}

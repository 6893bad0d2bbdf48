import { addWorkingDays, instantAt, isWorkingDay, localDay } from '../calendar/town-calendar.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/** Steps of all cases act between 9:00 and 9:20; the day's one mail leaves after them, with everything in it. */
const GATHERED_AT = '09:21';
/** Today's mail may have left, tomorrow's not: more than two only where somebody cancelled one by hand. */
const DAYS_AHEAD = 5;

/**
 * Puts a line into the first of the coming days' mails that takes it: today's until the evening of a working day, else the next ones'.
 * @param add false when that day's mail has left, or is leaving.
 */
export async function onFirstMailDay(
  { calendar }: TownPolicy,
  now: Date,
  add: (mail: { day: string; leavesAt: Date }) => Promise<boolean>,
): Promise<void> {
  const today = localDay(calendar, now);
  const [, closes] = calendar.messageWindow;
  const stillToday = isWorkingDay(calendar, today) && now <= instantAt(calendar, today, closes);
  for (let ahead = stillToday ? 0 : 1; ahead < DAYS_AHEAD; ahead += 1) {
    const day = ahead === 0 ? today : addWorkingDays(calendar, today, ahead);
    const gathered = instantAt(calendar, day, GATHERED_AT);
    if (await add({ day, leavesAt: now > gathered ? now : gathered })) return;
  }
  throw new Error('mails of days to come have left');
}

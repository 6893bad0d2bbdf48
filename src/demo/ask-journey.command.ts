import { readDay } from '../calendar/read-day.ts';
import { addWorkingDays, instantAt, localDay } from '../calendar/town-calendar.ts';
import { localTimeOf } from '../calendar/zone.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';

export type Stretch = 'next' | 'day' | 'week' | { until: string };

/** Of a day that was chosen: the morning's steps have acted by then. */
const ARRIVES = '10:00';

/**
 * Asks for a journey of the town's clock; the relay makes it. One at a time: a second click while one runs asks nothing more.
 * @param stretch `until`: a day as a person typed it. @returns false when that is no day.
 */
export async function askJourney(ctx: CommandContext, townId: string, stretch: Stretch): Promise<boolean> {
  const { calendar } = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const today = localDay(calendar, tx.now);
    const nextDay = instantAt(calendar, addWorkingDays(calendar, today, 1), localTimeOf(calendar.timeZone, tx.now));
    const day = typeof stretch === 'object' ? readDay(stretch.until, today) : undefined;
    if (typeof stretch === 'object' && !day) return false;
    const until = day
      ? instantAt(calendar, day, ARRIVES)
      : { next: null, day: nextDay, week: new Date(tx.now.getTime() + 7 * 86_400_000) }[stretch as 'next'];
    await tx.db
      .insertInto('clock_journey')
      .values({ town_id: townId, until, at: null, reason: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return true;
  });
}

import { addWorkingDays, instantAt, localDay } from '../calendar/town-calendar.ts';
import { localTimeOf } from '../calendar/zone.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';

export type Stretch = 'next' | 'day' | 'week';

/** Asks for a journey of the town's clock; the relay makes it. One at a time: a second click while one runs asks nothing more. */
export async function askJourney(ctx: CommandContext, townId: string, stretch: Stretch): Promise<void> {
  const { calendar } = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const today = localDay(calendar, tx.now);
    const nextDay = instantAt(calendar, addWorkingDays(calendar, today, 1), localTimeOf(calendar.timeZone, tx.now));
    const until = { next: null, day: nextDay, week: new Date(tx.now.getTime() + 7 * 86_400_000) }[stretch];
    await tx.db
      .insertInto('clock_journey')
      .values({ town_id: townId, until, at: null, reason: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

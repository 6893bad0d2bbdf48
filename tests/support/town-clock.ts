import { sql } from 'kysely';
import { dayNumber, dayOf, weekday as weekdayOf } from '../../src/calendar/day.ts';
import { instantAt } from '../../src/calendar/town-calendar.ts';
import type { TestTown } from './town.ts';

/** The town's own clock, moved forward by a test; every day is counted from its today. */
export class TownClock {
  readonly #town: TestTown;
  constructor(town: TestTown) {
    this.#town = town;
  }

  /** Today, or so many days from it (YYYY-MM-DD). */
  async day(days = 0): Promise<string> {
    const now = await sql<{ day: string }>`
      select (business_now(${this.#town.townId}::uuid) at time zone 'Europe/Paris')::date::text as day`.execute(
      this.#town.owner,
    );
    return dayOf(dayNumber(now.rows[0]?.day ?? '') + days);
  }

  async now(): Promise<Date> {
    const now = await sql<{ at: Date }>`select business_now(${this.#town.townId}::uuid) as at`.execute(
      this.#town.owner,
    );
    return now.rows[0]?.at ?? new Date(0);
  }

  async forward(days: number): Promise<void> {
    await this.forwardHours(days * 24);
  }

  async forwardHours(hours: number): Promise<void> {
    const ms = Math.round(hours * 3_600_000);
    await sql`update town set clock_offset_ms = clock_offset_ms + ${ms}`.execute(this.#town.owner);
  }

  async to(instant: Date): Promise<void> {
    await this.#town.owner
      .updateTable('town')
      .set({ clock_offset_ms: instant.getTime() - Date.now() })
      .execute();
  }

  /** The next such weekday (1 = Monday) at a time of the town. */
  async toWeekday(weekday: number, time: string): Promise<void> {
    const { calendar } = await this.#town.context('passerelle_web').policies.of(this.#town.townId);
    for (let days = 1; ; days += 1) {
      const day = await this.day(days);
      if (weekdayOf(dayNumber(day)) === weekday) return this.to(instantAt(calendar, day, time));
    }
  }
}

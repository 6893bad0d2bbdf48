import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { dayAfter } from '../calendar/due.ts';
import { localDay, type TownCalendar } from '../calendar/town-calendar.ts';
import { StoryBrowser } from './story-browser.ts';

const DemoState = z.object({
  now: z.iso.datetime().transform((text) => new Date(text)),
  journey: z.enum(['asked', 'running', 'arrived', 'refused', 'stopped']).nullable(),
});
const POLL_MS = 40;
const AGAIN_MS = 1_000;
const PATIENCE_MS = 300_000;

/** What a story waits for before it goes on: the clock moves there from due to due. */
export type Wait = { workingDays: number } | { days: number } | { until: Day };

/** The town's clock as the demonstration's page moves it: from due to due, each finished before the next. */
export class StoryClock {
  readonly #origin: string;
  readonly #calendar: TownCalendar;
  readonly #browser: StoryBrowser;
  constructor(origin: string, calendar: TownCalendar) {
    this.#origin = origin;
    this.#calendar = calendar;
    this.#browser = new StoryBrowser(origin);
  }

  /** The day it is, where nothing has been waited for yet. */
  async today(): Promise<Day> {
    return localDay(this.#calendar, (await this.#read()).now);
  }

  after(day: Day, waited: Wait): Day {
    if ('until' in waited) return waited.until;
    const offset =
      'workingDays' in waited
        ? ({ unit: 'working_day', n: waited.workingDays } as const)
        : ({ unit: 'calendar_day', n: waited.days } as const);
    return dayAfter(this.#calendar, day, offset);
  }

  /** To ten o'clock of that day, every step on the way taken. @throws Error when a part has been down for minutes. */
  async travelTo(day: Day): Promise<void> {
    for (const patience = Date.now() + PATIENCE_MS; ;) {
      await this.#browser.send(await this.#browser.open('/demo'), '/demo/avancer', { until: day }, { button: 'until' });
      const { journey, now } = await this.#ended();
      const there = localDay(this.#calendar, now) >= day;
      if (journey === 'arrived' && there) return;
      // Somebody else's journey was under way, or a part was down and is coming back: asked for again, as a person would.
      if (Date.now() > patience) throw new Error(`the journey to ${day} was ${journey}`);
      if (journey !== 'arrived') await wait(AGAIN_MS);
    }
  }

  async #ended(): Promise<z.output<typeof DemoState>> {
    for (;;) {
      const state = await this.#read();
      if (state.journey !== 'asked' && state.journey !== 'running') return state;
      await wait(POLL_MS);
    }
  }

  async #read(): Promise<z.output<typeof DemoState>> {
    const answer = await fetch(`${this.#origin}/demo/etat`);
    return DemoState.parse(await answer.json());
  }
}

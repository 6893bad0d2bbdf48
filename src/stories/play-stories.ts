import type { Day } from '../calendar/day.ts';
import type { TownCalendar } from '../calendar/town-calendar.ts';
import type { StoryEnding } from '../db/tables/outbox.ts';
import { frenchRooms } from '../i18n/rooms.ts';
import { plain } from './page-form.ts';
import { type Browsers, Scene, Stage, type Telling } from './scene.ts';
import { StoryBrowser } from './story-browser.ts';
import { StoryClock, type Wait } from './story-clock.ts';
import type { Mails } from './story-people.ts';
import { STORIES, type Story } from './thirty-stories.ts';

export type Theatre = {
  /** The running service, as a browser reaches it. */
  origin: string;
  mails: Mails;
  calendar: TownCalendar;
  stories?: readonly Story[];
  /** Other browsers than those that speak HTTP alone. */
  browsers?: Browsers;
  /** After each waited day, and at the end of each story. */
  onStep?: (progress: { told: number; of: number; telling: string; endings: readonly StoryEnding[] }) => Promise<void>;
};

type Told = { story: Story; scene: Scene; telling: Telling; wakes: Day };

/**
 * Plays the stories side by side on the town's one clock: everybody does on their pages what is theirs that day, then the clock moves
 * from due to due to the next day somebody waits for. @returns how each ended, beside how it was to end (spec §5.4).
 */
export async function playStories({
  origin,
  mails,
  calendar,
  stories = STORIES,
  browsers = () => new StoryBrowser(origin),
  onStep,
}: Theatre): Promise<StoryEnding[]> {
  const clock = new StoryClock(origin, calendar);
  const stage = new Stage({ browsers, mails, clock, today: await clock.today() });
  const open = stories.map((story): Told => {
    const scene = new Scene(stage, story.cast);
    const wakes = story.startsAfter === 0 ? stage.today : clock.after(stage.today, { workingDays: story.startsAfter });
    return { story, scene, telling: story.tell(scene), wakes };
  });
  const endings: StoryEnding[] = [];
  while (open.length > 0) {
    const day = open.map(({ wakes }) => wakes).toSorted()[0] ?? stage.today;
    if (day > stage.today) {
      await clock.travelTo(day);
      stage.today = day;
    }
    // One after the other: who reads the worklist first decides nothing, and a failure names its story.
    for (const told of open.filter(({ wakes }) => wakes <= stage.today)) {
      const { story } = told;
      const { done, value } = await goesOn(told).catch((error: unknown) => {
        throw new Error(`story ${story.n}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      });
      if (done !== true) told.wakes = clock.after(stage.today, value);
      else {
        open.splice(open.indexOf(told), 1);
        endings.push(await endingOf(told));
      }
    }
    await onStep?.({ told: endings.length, of: stories.length, telling: stage.today, endings });
  }
  return endings.toSorted((a, b) => a.story - b.story);
}

/** What waits is done first; at its end a story leaves nothing undone. */
async function goesOn({ scene, telling }: Told): Promise<IteratorResult<Wait, void>> {
  await scene.tidiesUp();
  const next = await telling.next();
  if (next.done !== true) return next;
  await scene.tidiesUp();
  // What was left to nobody else, where a case ends without a mediator.
  await scene.tidiesUp('leader');
  return next;
}

/** What the leader's page says of the case, in the words of the catalogue. */
async function endingOf({ story, scene }: Told): Promise<StoryEnding> {
  const { state, outcome } = story.ends;
  const expected = [
    frenchRooms.staff[`staff.state.${state}`],
    outcome && frenchRooms.staff[`staff.outcome.${outcome}`],
  ];
  const { html } = await scene.read();
  const chips = /<p class="case-chips">(.*?)<\/p>/s.exec(html)?.[1] ?? '';
  const found = [...chips.matchAll(/<span class="chip[^"]*">(.*?)<\/span>/gs)].map(([, chip]) => plain(chip ?? ''));
  return {
    story: story.n,
    number: scene.number,
    expected: expected.filter(Boolean).join(', '),
    found: found.join(', '),
    asExpected: expected.every((words) => words === undefined || found.includes(words)),
  };
}

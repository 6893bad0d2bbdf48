import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import type { Log } from '../log.ts';
import { playStories } from '../stories/play-stories.ts';
import type { ReadMail } from '../stories/story-people.ts';
import { STORIES } from '../stories/thirty-stories.ts';
import { beginTelling, endTelling, noteProgress } from './story-run.command.ts';

const Letters = z.array(z.object({ to: z.string(), text: z.string(), receivedAt: z.string() }));

export type Teller = CommandContext & { log: Log };

/**
 * Has the thirty stories told, in the background, as browsers of the running service. A second call while they are told does nothing.
 * @param mailbox the demonstration's mailbox: partners read the codes that are sent to them.
 */
export async function tellStories(
  deps: Teller,
  townId: string,
  place: { origin: string; mailbox: string },
): Promise<void> {
  const id = await beginTelling(deps, townId, STORIES.length);
  if (!id) return;
  const { calendar } = await deps.policies.of(townId);
  void playStories({
    origin: place.origin,
    calendar,
    mails: (to) => lettersTo(place.mailbox, to),
    onStep: (progress) => noteProgress(deps, townId, id, progress),
  })
    .then(async (endings) => {
      const last = { told: endings.length, telling: '', endings };
      await noteProgress(deps, townId, id, last);
      await endTelling(deps, townId, id);
    })
    .catch(async (error: unknown) => {
      deps.log.error('stories_stopped', error);
      await endTelling(deps, townId, id, error instanceof Error ? error.message.slice(0, 400) : 'failed');
    })
    .catch((error: unknown) => deps.log.error('stories_not_noted', error));
}

async function lettersTo(mailbox: string, to: string): Promise<ReadMail[]> {
  const answer = await fetch(`${mailbox}/api/messages?${new URLSearchParams({ to }).toString()}`);
  return Letters.parse(await answer.json());
}

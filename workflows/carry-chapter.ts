import { setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Stream } from './follow-stream.ts';
import type { StreamSnapshot } from './stream.messages.ts';
import { takeNext } from './take-steps.ts';

/**
 * One run carries one chapter of a request: its steps are taken until it stands in another, which the next run carries; over, it ends.
 * @param again continues as new, with the same input.
 */
export async function carryChapter<S extends StreamSnapshot, C extends string>(
  request: Stream<S>,
  chapterOf: (now: S) => C | 'over',
  takeStep: (stepId: string) => Promise<void>,
  again: () => Promise<never>,
): Promise<void> {
  const chapter = chapterOf(request.now);
  setCurrentDetails(chapter);
  while (chapter !== 'over' && chapterOf(request.now) === chapter) {
    await takeNext(request, takeStep);
    if (workflowInfo().continueAsNewSuggested) await again();
  }
  const { ended } = await request.catchUp();
  if (!ended) await again();
}

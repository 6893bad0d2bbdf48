import { continueAsNew, proxyLocalActivities } from '@temporalio/workflow';
import { carryChapter } from './carry-chapter.ts';
import { followStream } from './follow-stream.ts';
import { ONE_TRANSACTION } from './one-transaction.ts';
import type { RightsRequestActivities, RightsRequestInput, RightsStage } from './rights-request.messages.ts';

const { loadRightsRequest, takeRightsStep } = proxyLocalActivities<RightsRequestActivities>(ONE_TRANSACTION);

/** What is waited for. The month is made longer once; an answer is the last word. */
type Chapter = 'to_be_answered_in_a_month' | 'to_be_answered_later' | 'settled' | 'over';

/**
 * What one person asks about the data kept on them (F15, R82): the leader is reminded ever closer to the day, the coordinator is told once it has
 * passed. It goes on after the case has closed, and after the person has left it.
 */
export async function rightsRequest(input: RightsRequestInput): Promise<void> {
  await carryChapter(
    await followStream(() => loadRightsRequest(input)),
    ({ ended, stage }) => chapterOf(ended ? 'over' : stage),
    (stepId) => takeRightsStep({ townId: input.townId, stepId }),
    () => continueAsNew<typeof rightsRequest>(input),
  );
}

function chapterOf(stands: RightsStage | 'over'): Chapter {
  switch (stands) {
    case 'received':
      return 'to_be_answered_in_a_month';
    // Two more months, once: the person was told why.
    case 'extended':
      return 'to_be_answered_later';
    // Answered, refused with the way to appeal, or not asked any more.
    case 'answered':
    case 'refused':
    case 'taken_back':
      return 'settled';
    case 'over':
      return 'over';
  }
}

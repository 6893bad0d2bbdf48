import { continueAsNew, log, proxyLocalActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { chapterOf } from './case-stages.ts';
import { CHAPTERS, type Outcome, type Wait } from './chapters.ts';
import { followStream } from './follow-stream.ts';
import { ONE_TRANSACTION } from './one-transaction.ts';
import type { ReferralActivities, ReferralInput } from './referral.messages.ts';
import { takeNext } from './take-steps.ts';

const { loadCase, takeCaseStep } = proxyLocalActivities<ReferralActivities>(ONE_TRANSACTION);

/**
 * A referral, from its receipt to its closing (spec §4.3). The database knows every change first; this is the clock and the
 * conscience. One run carries one chapter: each ends in a continue-as-new, so that a change of the procedure lives no longer than that.
 */
export async function referral(input: ReferralInput): Promise<void> {
  const theCase = await followStream(() => loadCase(input));
  const chapter = theCase.now.ended ? 'over' : chapterOf(theCase.now.stage);
  const wait: Wait = async () => {
    await takeNext(theCase, (stepId) => takeCaseStep({ townId: input.townId, stepId }));
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof referral>(input);
    return theCase.now.ended ? 'over' : theCase.now.stage;
  };
  setCurrentDetails(chapter);
  let leadsTo: Outcome = chapter;
  while (chapter !== 'over' && leadsTo === chapter) leadsTo = await CHAPTERS[chapter](wait);
  if (leadsTo === 'several_at_once') log.info(leadsTo, { chapter, stage: theCase.now.stage });
  // What was signalled meanwhile is read before a run may end: it may have opened the case again.
  const { ended } = await theCase.catchUp();
  if (!ended) await continueAsNew<typeof referral>(input);
}

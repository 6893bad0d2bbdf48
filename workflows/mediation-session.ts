import { continueAsNew, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { ONE_TRANSACTION } from './one-transaction.ts';
import { followStream } from './follow-stream.ts';
import type { MediationSessionActivities, MediationSessionInput } from './mediation-session.messages.ts';
import { takeNext } from './take-steps.ts';

const { loadSession, takeSessionStep } = proxyLocalActivities<MediationSessionActivities>(ONE_TRANSACTION);

/**
 * One session: those who come are invited, reminded on the working day before, and afterwards its note is asked for. Moved, it begins again
 * with its new day; held, missed or cancelled, it ends.
 */
export async function mediationSession(input: MediationSessionInput): Promise<void> {
  const session = await followStream(() => loadSession(input));
  while (!session.now.ended) {
    await takeNext(session, (stepId) => takeSessionStep({ townId: input.townId, stepId }));
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof mediationSession>(input);
  }
  const { ended } = await session.catchUp();
  if (!ended) await continueAsNew<typeof mediationSession>(input);
}

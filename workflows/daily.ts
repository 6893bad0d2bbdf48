import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { DailyActivities, DailyInput } from './daily.messages.ts';
import { followStream } from './follow-stream.ts';

const { loadTown, takeNightlyStep } = proxyActivities<DailyActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Nights of one town: what is about no single case. Each night's command opens the next night. */
export async function daily(input: DailyInput): Promise<void> {
  const town = await followStream(() => loadTown(input));
  while (!town.now.ended) {
    const outcome = await town.nextEvent();
    const step = town.now.nextStep;
    if (outcome === 'step_due' && step) await takeNightlyStep({ townId: input.townId, stepId: step.id });
    const { nextStep } = await town.reload();
    // The database's clock is a little behind this one: do not ask it again at once.
    if (outcome === 'step_due' && step && nextStep?.id === step.id) await sleep('1 second');
    if (workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > 500)
      await continueAsNew<typeof daily>(input);
  }
}

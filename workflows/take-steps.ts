import { sleep } from '@temporalio/workflow';
import type { Stream } from './follow-stream.ts';
import type { StreamSnapshot } from './stream.messages.ts';

/** Waits for what comes next and, when that is a step's instant, takes the step; then reads the subject again. One turn of every procedure. */
export async function takeNext<S extends StreamSnapshot>(
  stream: Stream<S>,
  takeStep: (stepId: string) => Promise<void>,
): Promise<void> {
  const outcome = await stream.nextEvent();
  const step = stream.now.nextStep;
  if (outcome === 'step_due' && step) await takeStep(step.id);
  const { nextStep } = await stream.reload();
  // The database's clock is a little behind this one: do not ask it again at once.
  if (outcome === 'step_due' && step && nextStep?.id === step.id) await sleep('1 second');
}

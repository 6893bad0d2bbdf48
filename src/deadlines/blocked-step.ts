import type { WorkerTx } from '../db/transaction.ts';
import { openDeadline } from './open-deadline.ts';
import { openWait } from './open-wait.query.ts';
import type { StepOutcome } from './pending-step.ts';
import type { TownPolicy } from './town-policy.ts';

/**
 * Nobody is there whom a step could speak to: the leader decides, once, whatever the number of steps (architecture.md: never silence).
 * @param blocked `requestId`: the question to an organisation the step belongs to, each decided on by itself.
 */
export async function blockedStep(
  tx: WorkerTx,
  policy: TownPolicy,
  caseId: string,
  { template, requestId }: { template: string; requestId?: string },
): Promise<StepOutcome> {
  if (await openWait(tx, caseId, 'task_step_blocked', { requestId: requestId ?? null })) return 'nobody_to_tell';
  await openDeadline(tx, policy, {
    caseId,
    kind: 'task_step_blocked',
    reason: template,
    announce: [{ audience: 'leader', template: 'step_blocked' }],
    ...(requestId ? { requestId } : {}),
  });
  return 'task_made';
}

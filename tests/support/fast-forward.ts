import { randomBytes } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import Long from 'long';
import type { Activities } from '../../src/activities/index.ts';
import type { TemporalClient } from '../../src/temporal/client.ts';
import type { TestTown } from './town.ts';

/**
 * One clock for the server and the database, as in real life: where the server's own fast-forward has put this workflow, there the
 * town's clock is when an activity runs. The workflow is told no offset but the one it began with: its own time has moved.
 */
export function onTheServersClock(
  town: TestTown,
  base: number,
  activities: Activities,
  temporal: () => TemporalClient,
): Activities {
  let skipped = 0;
  const follow = async () => {
    skipped = Math.max(skipped, (await serverNow(temporal())) - Date.now());
    await town.owner
      .updateTable('town')
      .set({ clock_offset_ms: Math.round(base + skipped) })
      .where('id', '=', town.townId)
      .execute();
  };
  return {
    loadCase: async (input) => {
      await follow();
      return { ...(await activities.loadCase(input)), offsetMs: base };
    },
    takeCaseStep: async (input) => {
      await follow();
      await activities.takeCaseStep(input);
    },
    loadPartnerRequest: async (input) => {
      await follow();
      return { ...(await activities.loadPartnerRequest(input)), offsetMs: base };
    },
    takePartnerStep: async (input) => {
      await follow();
      await activities.takePartnerStep(input);
    },
    loadSession: async (input) => {
      await follow();
      return { ...(await activities.loadSession(input)), offsetMs: base };
    },
    takeSessionStep: async (input) => {
      await follow();
      await activities.takeSessionStep(input);
    },
    loadRightsRequest: async (input) => {
      await follow();
      return { ...(await activities.loadRightsRequest(input)), offsetMs: base };
    },
    takeRightsStep: async (input) => {
      await follow();
      await activities.takeRightsStep(input);
    },
    loadTown: async (input) => {
      await follow();
      return { ...(await activities.loadTown(input)), offsetMs: base };
    },
    takeNightlyStep: async (input) => {
      await follow();
      await activities.takeNightlyStep(input);
    },
  };
}

/**
 * The time of the workflow whose activity this is, as the server has it: that of its latest event, the task that runs now. (A local
 * activity's own times are the worker's.)
 */
async function serverNow({ client }: TemporalClient): Promise<number> {
  const { workflowExecution } = activityInfo();
  const { workflowId = '', runId } = workflowExecution ?? {};
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const time = events?.at(-1)?.eventTime;
  return Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;
}

/** temporal.api.enums.v1.FastForwardPollingResult */
const [COMPLETED, FAILED] = [2, 3];

/** The Temporal server skips the waits of one workflow for so many days of its time; answers when it has arrived. */
export async function fastForward({ connection }: TemporalClient, workflowId: string, days: number): Promise<void> {
  const namespace = 'default';
  const workflowExecution = { workflowId };
  const id = randomBytes(6).toString('hex');
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution,
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        disablePropagation: true,
        fastForwardConfig: { id, duration: { seconds: Long.fromNumber(days * 86_400) } },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
  for (;;) {
    const { fastForwardPollingResult: result } = await connection.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace,
      workflowExecution,
      fastForwardId: id,
    });
    // A long poll that ended without news asks to be asked again.
    if (result === COMPLETED) return;
    if (result === FAILED) throw new Error('the fast-forward can no longer complete');
  }
}

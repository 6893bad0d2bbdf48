import { WorkflowNotFoundError } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { DAILY_TYPE } from '../../workflows/daily.messages.ts';
import { REFERRAL_TYPE } from '../../workflows/referral.messages.ts';
import type { Changed } from '../../workflows/stream.messages.ts';

export type StreamAddress = { streamId: string; townId: string };

/** How the relay speaks to workflows. Every call starts the workflow when it is not running: a late start is harmless. */
export type StreamSignaller = {
  changed(stream: StreamAddress, change: Changed): Promise<void>;
  clockMoved(stream: StreamAddress, offsetMs: number): Promise<void>;
  isRunning(stream: StreamAddress): Promise<boolean>;
  isUp(): Promise<boolean>;
};

const CALL_MS = 5_000;

export function streamSignaller(client: Client, taskQueue: string): StreamSignaller {
  const send = (stream: StreamAddress, signal: string, argument: unknown) =>
    client.withDeadline(Date.now() + CALL_MS, async () => {
      await client.workflow.signalWithStart(workflowType(stream.streamId), {
        workflowId: stream.streamId,
        taskQueue,
        args: [startInput(stream)],
        signal,
        signalArgs: [argument],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      });
    });
  return {
    changed: (stream, change) => send(stream, 'changed', change),
    clockMoved: (stream, offsetMs) => send(stream, 'clockMoved', { offsetMs }),
    async isRunning(stream) {
      try {
        const description = await client.withDeadline(Date.now() + CALL_MS, () =>
          client.workflow.getHandle(stream.streamId).describe(),
        );
        return description.status.name === 'RUNNING';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    async isUp() {
      try {
        await client.withDeadline(Date.now() + 1_500, () => client.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false;
      }
    },
  };
}

function workflowType(streamId: string): string {
  return streamId.startsWith('daily/') ? DAILY_TYPE : REFERRAL_TYPE;
}

function startInput({ streamId, townId }: StreamAddress): { townId: string; caseId?: string } {
  const subject = streamId.slice(streamId.indexOf('/') + 1);
  return streamId.startsWith('daily/') ? { townId } : { townId, caseId: subject };
}

import { WorkflowNotFoundError } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { DAILY_TYPE } from '../../workflows/daily.messages.ts';
import { REFERRAL_TYPE } from '../../workflows/referral.messages.ts';
import { MEDIATION_SESSION_TYPE } from '../../workflows/mediation-session.messages.ts';
import { PARTNER_REQUEST_TYPE } from '../../workflows/partner-request.messages.ts';
import { RIGHTS_REQUEST_TYPE } from '../../workflows/rights-request.messages.ts';
import type { Changed } from '../../workflows/stream.messages.ts';
import { subjectOf } from '../outbox/streams.ts';

export type StreamAddress = { streamId: string; townId: string };

/** How the relay speaks to workflows. Every call starts the workflow when it is not running: a late start is harmless. */
export type StreamSignaller = {
  changed(stream: StreamAddress, change: Changed): Promise<void>;
  clockMoved(stream: StreamAddress, offsetMs: number): Promise<void>;
  isRunning(stream: StreamAddress): Promise<boolean>;
  isUp(): Promise<boolean>;
};

const CALL_MS = 5_000;
/** A task of ours takes milliseconds: the task of a worker that was killed is given to another one soon. */
const TASK_TIMEOUT = '5 seconds';

/** The relay’s signals through one client: each starts the workflow where it does not run, on this task queue. */
export function streamSignaller(client: Client, taskQueue: string): StreamSignaller {
  const send = (stream: StreamAddress, signal: string, argument: unknown) =>
    client.withDeadline(Date.now() + CALL_MS, async () => {
      await client.workflow.signalWithStart(workflowOf(stream.streamId).type, {
        workflowId: stream.streamId,
        taskQueue,
        args: [startInput(stream)],
        signal,
        signalArgs: [argument],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowTaskTimeout: TASK_TIMEOUT,
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

/** Which workflow carries a stream, and how it calls its subject; by the stream's first word. */
const WORKFLOWS: Record<string, { type: string; subject?: 'caseId' | 'requestId' | 'sessionId' }> = {
  daily: { type: DAILY_TYPE },
  referral: { type: REFERRAL_TYPE, subject: 'caseId' },
  session: { type: MEDIATION_SESSION_TYPE, subject: 'sessionId' },
  'partner-request': { type: PARTNER_REQUEST_TYPE, subject: 'requestId' },
  'rights-request': { type: RIGHTS_REQUEST_TYPE, subject: 'requestId' },
};

function workflowOf(streamId: string) {
  const workflow = WORKFLOWS[subjectOf(streamId).about];
  if (!workflow) throw new Error('no workflow carries this stream');
  return workflow;
}

function startInput({ streamId, townId }: StreamAddress): Record<string, string> {
  const { subject } = workflowOf(streamId);
  return subject ? { townId, [subject]: subjectOf(streamId).id } : { townId };
}

import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { FAILURE_CONVERTER } from './client.ts';
import { PayloadCodecOfRing } from './payload-codec.ts';

export type RunningWorker = {
  stop(): Promise<void>;
  /** Settled when it polls no more, asked to or not. */
  ended: Promise<void>;
};

let installed = false;
/** The SDK's own log, by level and fixed message only; once per process, before any connection. */
export function installRuntime(log: Log): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message }) => {
      log.warn('temporal_sdk', { level, message: message.slice(0, 120) });
    }),
  });
}

/**
 * Connects once and polls for work.
 * @param bundle the workflows' code (src/temporal/bundle.ts).
 */
export async function startWorker(
  config: Config['temporal'],
  keys: KeyRing,
  activities: Activities,
  bundle: string,
  log: Log,
): Promise<RunningWorker> {
  installRuntime(log);
  const connection = await NativeConnection.connect({ address: config.address });
  const worker = await Worker.create({
    connection,
    namespace: config.namespace,
    taskQueue: config.taskQueue,
    workflowBundle: { code: bundle },
    activities,
    dataConverter: { payloadCodecs: [new PayloadCodecOfRing(keys)], failureConverterPath: FAILURE_CONVERTER },
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '10 seconds',
    maxCachedWorkflows: 200,
    // A worker that is gone gives its workflows back within this; ten seconds by default.
    stickyQueueScheduleToStartTimeout: '2 seconds',
    maxConcurrentActivityTaskExecutions: 10,
    maxConcurrentWorkflowTaskExecutions: 10,
  });
  const done = worker.run().catch((error: unknown) => log.error('worker_stopped', error));
  return {
    ended: done,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
      await connection.close();
    },
  };
}

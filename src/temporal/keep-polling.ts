import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { RunningWorker } from './worker.ts';

const AGAIN_MS = 1_000;

/**
 * Keeps one Temporal worker running until it is stopped: waits for a server that is not there yet, and starts another worker when one
 * ends that nobody asked to end, so that a process that lives also works.
 */
export function keepPolling(
  start: () => Promise<RunningWorker>,
  log: Log,
  againMs: number = AGAIN_MS,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  let running: RunningWorker | undefined;
  const polling = (async () => {
    while (!ending.signal.aborted) {
      try {
        running = await start();
        if (ending.signal.aborted) await running.stop();
        log.info('polling');
        await running.ended;
        if (!ending.signal.aborted) log.error('worker_ended', new Error('the worker ended by itself'));
      } catch (error) {
        log.warn('temporal_not_there_yet', { error: error instanceof Error ? error.name : 'unknown' });
      }
      running = undefined;
      await wait(againMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await running?.stop();
      await polling;
    },
  };
}

import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { keepPolling } from './keep-polling.ts';
import type { RunningWorker } from './worker.ts';

const log = createLog('test', 'silent');

/** Workers that end when told to: each start is remembered. */
function workers(failures = 0) {
  const started: { end: () => void; stopped: boolean }[] = [];
  const start = async (): Promise<RunningWorker> => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('no server');
    }
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const worker = { end, stopped: false };
    started.push(worker);
    return {
      ended,
      async stop() {
        worker.stopped = true;
        end();
        await ended;
      },
    };
  };
  return { started, start };
}

test('a worker that ends by itself is started again; stopping ends the last one and starts no other', async () => {
  const { started, start } = workers();
  const kept = keepPolling(start, log, 1);
  await expect.poll(() => started.length).toBe(1);
  started[0]?.end();
  await expect.poll(() => started.length).toBe(2);
  await kept.stop();
  expect(started.map(({ stopped }) => stopped)).toEqual([false, true]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(started).toHaveLength(2);
});

test('a server that is not there yet is waited for', async () => {
  const { started, start } = workers(3);
  const kept = keepPolling(start, log, 1);
  await expect.poll(() => started.length).toBe(1);
  await kept.stop();
});

test('stopped while it is connecting: what was started is stopped too', async () => {
  const { started, start } = workers();
  const kept = keepPolling(start, log, 1);
  await kept.stop();
  expect(started.every(({ stopped }) => stopped)).toBe(true);
});

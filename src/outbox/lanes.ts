import type { Log } from '../log.ts';
import { listen } from './listen.ts';

export type Lanes = { stop(): Promise<void> };

/**
 * Does what rows say is due, one row a lane: woken by a notification, and looking once in a while all the same. Any number of processes at
 * once; taking a row is for `run` to settle with the others. `stop` lets what is under way end.
 * @param due the next rows, in one statement.
 */
export function startLanes<Row>(work: {
  url: string;
  channel: string;
  lanes: number;
  pollMs: number;
  log: Log;
  /** The name of the log line when something was not done. */
  failed: string;
  due(): Promise<Row[]>;
  run(row: Row): Promise<void>;
}): Lanes {
  let stopped = false;
  let woken = false;
  let waiting: Row[] = [];
  let refill: Promise<void> | undefined;
  let rest: { over: Promise<void>; end: () => void } | undefined;
  const poke = () => {
    woken = true;
    rest?.end();
  };
  const listener = listen(work.url, [work.channel], poke);

  async function next(): Promise<Row | undefined> {
    if (waiting.length === 0) {
      woken = false;
      refill ??= work
        .due()
        .then((due) => void (waiting = due))
        .finally(() => (refill = undefined));
      await refill;
    }
    return waiting.shift();
  }

  /** The lanes rest together: one look for all of them. */
  function pause(): Promise<void> {
    if (stopped || woken) return Promise.resolve();
    if (!rest) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, work.pollMs);
      const over = promise.finally(() => {
        clearTimeout(timer);
        rest = undefined;
      });
      rest = { over, end: resolve };
    }
    return rest.over;
  }

  async function lane(): Promise<void> {
    while (!stopped) {
      try {
        const row = await next();
        if (row === undefined) await pause();
        else await work.run(row);
      } catch (error) {
        work.log.error(work.failed, error);
        woken = false;
        await pause();
      }
    }
  }
  const lanes = Array.from({ length: work.lanes }, lane);
  return {
    async stop() {
      stopped = true;
      poke();
      await listener.stop();
      await Promise.all(lanes);
    },
  };
}

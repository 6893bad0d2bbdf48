import { runAskedJourneys } from '../clock/journeys.ts';
import type { Db } from '../db/database.ts';
import type { Log } from '../log.ts';
import type { StreamSignaller } from '../temporal/signal-stream.ts';
import { deliverOutbox } from './deliver.ts';
import { beat } from './heartbeat.ts';
import { listen } from './listen.ts';
import { RepairPauses } from './repair-pauses.ts';
import { RECONCILER_LIMITS, type ReconcilerLimits, reconcile, sweepOpenStreams } from './reconcile.ts';

export type RelayOptions = {
  db: Db;
  url: string;
  signaller: StreamSignaller;
  log: Log;
  instance: string;
  limits?: ReconcilerLimits;
  /** Real milliseconds between two looks when nobody wakes the relay. */
  pollMs?: number;
  reconcileMs?: number;
};
export type Relay = { stop(): Promise<void>; repairs(): number };

const A_DAY_MS = 86_400_000;
const A_MINUTE_MS = 60_000;

/** The relay role: outbox to workflows, repairs, demo journeys through time, heartbeat. Any number may run at once. */
export function startRelay(options: RelayOptions): Relay {
  const { db, signaller, log } = options;
  const reconcileMs = options.reconcileMs ?? 15_000;
  const pauses = new RepairPauses(reconcileMs);
  let stopped = false;
  let repairs = 0;
  let wake: () => void = () => undefined;
  let woken = false;
  const poke = () => {
    woken = true;
    wake();
  };
  const listener = listen(options.url, ['outbox', 'journey'], poke);

  async function pause(): Promise<void> {
    if (!woken && !stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.pollMs ?? 1_000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    woken = false;
  }

  async function deliverLoop(): Promise<void> {
    while (!stopped) {
      await attempt('deliver', async () => {
        while (!stopped && (await deliverOutbox(db, signaller, log)) > 0);
      });
      await pause();
    }
  }

  /** `work` says `too_soon` when it could not do anything: it is then tried again in a minute, however rare it is. */
  async function every(ms: number, name: string, work: () => Promise<'too_soon' | void>): Promise<void> {
    while (!stopped) {
      const done = await attempt(name, work);
      await interruptible(done ? ms : Math.min(ms, A_MINUTE_MS));
    }
  }

  const wakers = new Set<() => void>();
  function interruptible(ms: number): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      wakers.add(done);
    });
  }

  async function attempt(name: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      return (await work()) !== 'too_soon';
    } catch (error) {
      log.error(`relay_${name}_failed`, error);
      await interruptible(500);
      return false;
    }
  }

  const loops = [
    deliverLoop(),
    every(reconcileMs, 'reconcile', async () => {
      if (await signaller.isUp())
        repairs += await reconcile(db, signaller, log, options.limits ?? RECONCILER_LIMITS, pauses);
    }),
    every(A_DAY_MS, 'sweep', async () => {
      if (!(await signaller.isUp())) return 'too_soon';
      repairs += await sweepOpenStreams(db, signaller, log);
    }),
    every(500, 'journeys', () => runAskedJourneys(db, signaller, log, () => stopped)),
    every(2_000, 'heartbeat', async () =>
      beat(db, options.instance, { role: 'relay', partUp: await signaller.isUp() }),
    ),
  ];
  return {
    repairs: () => repairs,
    async stop() {
      stopped = true;
      poke();
      for (const done of wakers) done();
      await listener.stop();
      await Promise.all(loops);
    },
  };
}

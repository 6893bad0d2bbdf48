import { condition, setHandler } from '@temporalio/workflow';
import { changed, clockMoved, RECONCILED, type StreamSnapshot } from './stream.messages.ts';

/** What ended a wait: the stream's next step is due, or somebody changed something. */
export type WaitOutcome = 'step_due' | 'changed';

export type Stream<S extends StreamSnapshot> = {
  /** The subject as last read from the database. */
  readonly now: S;
  /** Reads the subject again, acknowledging everything up to its lastSeq. */
  reload(): Promise<S>;
  /** Waits until the next pending step is due or a change not seen yet is signalled. The only wait in this service. */
  nextEvent(): Promise<WaitOutcome>;
  /** Reads until nothing signalled is unseen: a workflow may end only then, or a change would never be acknowledged. */
  catchUp(): Promise<S>;
};

/**
 * Follows one stream: sets the handlers (synchronous recorders, before the first await), loads the snapshot, drops signals whose
 * seq it has seen. Never computes a date: the instant waited for is the snapshot's.
 */
export async function followStream<S extends StreamSnapshot>(load: () => Promise<S>): Promise<Stream<S>> {
  let newestSeq = 0;
  let movedOffset = 0;
  let revision = 0;
  let mustReload = false;
  setHandler(changed, ({ seq, code }) => {
    if (seq > newestSeq || code === RECONCILED) {
      newestSeq = Math.max(newestSeq, seq);
      mustReload ||= code === RECONCILED;
      revision += 1;
    }
  });
  setHandler(clockMoved, ({ offsetMs }) => {
    if (offsetMs > movedOffset) {
      movedOffset = offsetMs;
      revision += 1;
    }
  });

  let snapshot = await load();
  const reload = async () => {
    mustReload = false;
    snapshot = await load();
    return snapshot;
  };

  return {
    reload,
    async catchUp() {
      while (mustReload || newestSeq > snapshot.lastSeq) await reload();
      return snapshot;
    },
    get now() {
      return snapshot;
    },
    async nextEvent() {
      for (;;) {
        if (mustReload || newestSeq > snapshot.lastSeq) return 'changed';
        const step = snapshot.nextStep;
        const seen = revision;
        if (!step) {
          await condition(() => revision !== seen);
          continue;
        }
        const left = step.at - (Date.now() + Math.max(movedOffset, snapshot.offsetMs));
        if (left <= 0) return 'step_due';
        await condition(() => revision !== seen, left);
      }
    },
  };
}

import { defineSignal } from '@temporalio/workflow';

/** One change was committed: `seq` is its number in journal, outbox and workflow. Codes only, never a person's data. */
export type Changed = { seq: number; code: string };
/** The town's clock was moved (demo and tests only): business time = server time + offsetMs. */
export type ClockMoved = { offsetMs: number };

export const changed = defineSignal<[Changed]>('changed');
export const clockMoved = defineSignal<[ClockMoved]>('clockMoved');

/** What every stream's snapshot holds. Instants are epoch milliseconds of business time. */
export type StreamSnapshot = {
  lastSeq: number;
  offsetMs: number;
  /** Nobody waits any more: the workflow ends. */
  ended: boolean;
  nextStep: { id: string; at: number } | null;
};

/** The code of a repair: read everything again, whatever was seen. */
export const RECONCILED = 'reconciled';

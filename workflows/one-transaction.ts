import type { LocalActivityOptions } from '@temporalio/workflow';

/**
 * How a stream's rows are read and its steps taken: each is one short transaction, safe to repeat, so it runs inside the workflow task
 * instead of a task of its own (a third of the events). Where the database is away, the retries wait on timers and hold no task open.
 */
export const ONE_TRANSACTION = {
  startToCloseTimeout: '15 seconds',
  localRetryThreshold: '3 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const satisfies LocalActivityOptions;

import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stacks of failures are encrypted like payloads (P-29). Loaded by path, by client, worker and workflow bundle. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });

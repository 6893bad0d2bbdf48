import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

type Parts = { adminUrl: string; temporal?: string; temporalError?: string; bundle?: string };

function parts(): Parts {
  const file = process.env['PASSERELLE_TEST_PARTS'];
  if (!file || !existsSync(file)) throw new Error('the parts of the test run are not started: run `npm test`');
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof read !== 'object' || read === null || !('adminUrl' in read)) throw new Error('unreadable parts file');
  // Written by tests/support/global-setup.ts, whose type is Parts.
  return read as Parts;
}

/** The admin URL of the run's one PostgreSQL. */
export function adminUrl(): string {
  return parts().adminUrl;
}

/** The run's one Temporal server; waits while it is still being built. */
export async function temporalAddress(): Promise<string> {
  for (;;) {
    const { temporal, temporalError } = parts();
    if (temporal) return temporal;
    if (temporalError) throw new Error(`Temporal: ${temporalError}`);
    await wait(250);
  }
}

/** The workflows, bundled once a run. */
export async function workflowBundle(): Promise<string> {
  for (;;) {
    const { bundle } = parts();
    if (bundle) return bundle;
    await wait(100);
  }
}

import type { CaseWait } from './case-waits.query.ts';

/**
 * The one wait the top of a case speaks of: a danger nobody has decided on; else what somebody is about to be reminded of, the earliest due
 * first; else what is open without a further step; what is held comes last.
 */
export function nextWait(waits: readonly CaseWait[]): CaseWait | undefined {
  const rank = (wait: CaseWait) => (wait.kind === 'danger' ? 0 : wait.held ? 3 : wait.nextAt ? 1 : 2);
  return waits.toSorted((one, other) => rank(one) - rank(other))[0];
}

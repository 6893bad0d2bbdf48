import type { TownTx } from '../db/transaction.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { DomainError } from '../errors.ts';

/** The decision that is waited for since a danger was said (R85); none once it was taken. */
export async function dangerWait(tx: TownTx, caseId: string): Promise<{ dueAt: Date } | undefined> {
  return openWait(tx, caseId, 'danger');
}

/** Nobody of the team ends a case over a danger that waits for its decision. @throws DomainError danger_undecided. */
export async function requireDangerDecided(tx: TownTx, caseId: string): Promise<void> {
  if (await dangerWait(tx, caseId)) throw new DomainError('danger_undecided');
}

/** Goes on whatever becomes of the case: only a decision ends it. */
export const UNTIL_DECIDED = ['danger'] as const;

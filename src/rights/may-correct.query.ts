import { type CaseState, isActive } from '../cases/case-status.ts';
import type { StaffTx } from '../db/transaction.ts';
import { isAsked } from './open-right.ts';

/**
 * May a contact be put right? As long as the person takes part in a case that goes on; afterwards when that person asks for it (R82), for its data
 * are still kept.
 */
export async function mayCorrect(
  tx: StaffTx,
  theCase: { state: CaseState },
  party: { id: string; ended: boolean },
): Promise<boolean> {
  return (isActive(theCase.state) && !party.ended) || isAsked(tx, party.id, 'correct');
}

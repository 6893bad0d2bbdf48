import { type CaseState, isActive } from '../cases/case-status.ts';
import type { StaffTx } from '../db/transaction.ts';

/**
 * May a contact be put right? As long as the person takes part in a case that goes on; afterwards when that person asks for it (R82), for its data
 * are still kept.
 */
export async function mayCorrect(
  tx: StaffTx,
  theCase: { state: CaseState },
  party: { id: string; ended: boolean },
): Promise<boolean> {
  if (isActive(theCase.state) && !party.ended) return true;
  const asked = await tx.db
    .selectFrom('rights_request')
    .select('id')
    .where('party_id', '=', party.id)
    .where('right_asked', '=', 'correct')
    .where('state', 'in', ['received', 'extended'])
    .executeTakeFirst();
  return asked !== undefined;
}

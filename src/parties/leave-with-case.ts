import { addMonths } from '../calendar/day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/** T18: who was still asked, or had agreed, leaves with the case that did not engage; its contact is erased a month later, like the others' (§3.5). */
export async function leaveWithCase(tx: StaffTx, policy: TownPolicy, caseId: string): Promise<void> {
  const left = await tx.db
    .updateTable('party')
    .set({ ended_at: tx.now, end_reason: 'left' })
    .where('case_id', '=', caseId)
    .where('side', '=', 'other')
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  if (left.length === 0) return;
  await tx.db
    .updateTable('party_identity')
    .set({ erase_after: addMonths(localDay(policy.calendar, tx.now), 1) })
    .where(
      'party_id',
      'in',
      left.map(({ id }) => id),
    )
    .execute();
}

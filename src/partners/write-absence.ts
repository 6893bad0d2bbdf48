import type { Day } from '../calendar/day.ts';
import type { PartnerTx, StaffTx } from '../db/transaction.ts';

/** From one day to another, both included, steps of the ladder pass this contact over (spec §4.4). */
export async function writeAbsence(
  tx: PartnerTx | StaffTx,
  contactId: string,
  { from, to }: { from: Day; to: Day },
): Promise<void> {
  await tx.db
    .insertInto('contact_absence')
    .values({ town_id: tx.actor.townId, contact_id: contactId, from_day: from, to_day: to })
    .execute();
}

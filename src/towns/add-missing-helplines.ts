import type { RawTransaction } from '../db/database.ts';
import { withOwner } from '../db/as-owner.ts';
import { DEFAULT_HELPLINES } from '../helplines/helpline.ts';

/** The numbers of spec §4.11 that a town has not got; what it has, changed, hidden or not, stays as it is. @param checkedOn who created it made sure of them. */
export async function addHelplinesTo(
  tx: Pick<RawTransaction, 'insertInto'>,
  townId: string,
  checkedOn: string | null,
): Promise<void> {
  await tx
    .insertInto('helpline')
    .values(
      DEFAULT_HELPLINES.map(({ checkedOn: _checkedOn, ...line }) => ({
        ...line,
        town_id: townId,
        checked_on: checkedOn,
      })),
    )
    .onConflict((conflict) => conflict.columns(['town_id', 'code']).doNothing())
    .execute();
}

/** The same for every town, after the migrations; safe to run again. */
export async function addMissingHelplines(adminUrl: string): Promise<void> {
  await withOwner(adminUrl, async (db) => {
    for (const { id } of await db.selectFrom('town').select('id').execute()) await addHelplinesTo(db, id, null);
  });
}

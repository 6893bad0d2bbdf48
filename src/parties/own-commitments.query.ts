import type { CaseText } from '../cases/case-text.ts';
import type { HolderTx } from '../db/transaction.ts';

/** What a code holder said they would do, soonest first; row-level security leaves nobody else's in sight. */
export async function commitmentsOf(
  tx: HolderTx,
  text: CaseText,
  caseId: string,
): Promise<{ what: string; byDay: string }[]> {
  const rows = await tx.db
    .selectFrom('commitment')
    .select(['what', 'by_day as byDay'])
    .where('case_id', '=', caseId)
    .orderBy('by_day')
    .execute();
  return rows.map(({ what, byDay }) => ({ what: text.open('commitment', 'what', what), byDay }));
}

import type { CaseReadTable } from '../db/tables/journal.ts';
import type { StaffTx } from '../db/transaction.ts';

/**
 * Writes down that a professional reads, in the transaction that reads (R88, line 7 of architecture.md).
 * @param read `caseId`: the one case, where it is one; `groups`: which kinds of information are shown.
 */
export async function noteRead(
  tx: StaffTx,
  { kind, caseId, groups }: Pick<CaseReadTable, 'kind'> & { caseId?: string; groups?: string[] },
): Promise<void> {
  await tx.db
    .insertInto('case_read')
    .values({
      town_id: tx.actor.townId,
      person_id: tx.actor.personId,
      case_id: caseId ?? null,
      kind,
      groups: groups ?? [],
      at: tx.now,
    })
    .execute();
}

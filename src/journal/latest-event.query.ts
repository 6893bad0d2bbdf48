import type { JournalActor } from '../db/tables/journal.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { EventCode } from './event-codes.ts';

/** The last line of a case's journal that has one of these codes. */
export async function latestEvent(
  tx: StaffTx,
  caseId: string,
  codes: readonly EventCode[],
): Promise<{ code: string; actor: JournalActor; at: Date } | undefined> {
  return tx.db
    .selectFrom('case_event')
    .select(['code', 'actor', 'at'])
    .where('case_id', '=', caseId)
    .where('code', 'in', [...codes])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

import type { EventData } from '../db/tables/journal.ts';
import type { StaffTx } from '../db/transaction.ts';

/** One line of the journal of a case; `seq` counts within the case. */
export type CaseEvent = { seq: number; at: Date; code: string; person: string | null; data: EventData };

/** More than the longest case of the thirty stories has; the oldest lines of a longer one are in the journal only. */
const STORY_LINES = 400;

/** What happened in a case, newest first. */
export async function caseEvents(tx: StaffTx, caseId: string): Promise<CaseEvent[]> {
  const events = await tx.db
    .selectFrom('case_event as e')
    .leftJoin('person as p', 'p.id', 'e.person_id')
    .select(['e.seq', 'e.at', 'e.code', 'e.data', 'p.first_name', 'p.last_name'])
    .where('e.case_id', '=', caseId)
    .orderBy('e.seq', 'desc')
    .limit(STORY_LINES)
    .execute();
  return events.map(({ seq, at, code, data, first_name, last_name }) => ({
    seq,
    at,
    code,
    data,
    person: first_name && last_name ? `${first_name} ${last_name}` : null,
  }));
}

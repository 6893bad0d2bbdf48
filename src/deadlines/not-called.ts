import { sql } from 'kysely';
import type { StaffTx } from '../db/transaction.ts';
import { APART } from '../mail/ask-to-call.ts';

/**
 * A call to whoever may be feared that was to do before a family was: nobody makes it, and it is to do again once the leader has taken the mark
 * off (spec §3.6). What they asked for themselves stays. `d` is the wait, `c` its case.
 */
export const notCalled = sql<boolean>`((d.kind = 'task_call_party' and c.family_danger or d.kind = 'task_call_requester' and c.requester_feared)
  and not coalesce(d.reason = any (${[...APART]}::text[]), false))`;

/** The mark is off: what was not reminded of meanwhile is, at once. */
export async function remindAgain(tx: StaffTx, caseId: string): Promise<void> {
  await sql`
    update step s set state = 'pending', outcome = null, acted_at = null
    from deadline d
    where d.id = s.deadline_id and d.case_id = ${caseId} and d.kind in ('task_call_party', 'task_call_requester') and d.state = 'open' and s.outcome = 'danger'`.execute(
    tx.db,
  );
}

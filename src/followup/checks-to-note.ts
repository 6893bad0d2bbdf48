import { sql } from 'kysely';
import type { CaseState } from '../cases/case-status.ts';
import type { CheckKind } from '../db/tables/party.ts';
import type { StaffTx } from '../db/transaction.ts';

/** The checks news may be noted for now (F6): after the closing only that of three months (R22), before the follow-up none. */
export async function checksToNote(tx: StaffTx, { id, state }: { id: string; state: CaseState }): Promise<CheckKind[]> {
  if (state === 'follow_up' || state === 'evaluation') return begunChecks(tx, id);
  return state === 'closed' ? (await begunChecks(tx, id)).filter((kind) => kind === 'm3') : [];
}

/**
 * The checks of the present cycle that have begun: those that are waited for, and those a first line has settled, so that the other side
 * is heard too. A relapse or a reopening begins a new cycle without any.
 */
async function begunChecks(tx: StaffTx, caseId: string): Promise<CheckKind[]> {
  const found = await sql<{ kind: CheckKind; state: string }>`
    select distinct on (kind) substr(kind, 7) as kind, state from deadline
    where case_id = ${caseId} and kind in ('check_d10', 'check_m1', 'check_m3')
      and opened_at >= coalesce((select max(at) from case_event where case_id = ${caseId} and code in ('case_reopened', 'mediation_resumed')), '-infinity')
    order by kind, opened_at desc`.execute(tx.db);
  return found.rows.flatMap(({ kind, state }) => (state === 'cancelled' ? [] : [kind]));
}

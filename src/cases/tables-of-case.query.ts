import { sql } from 'kysely';
import type { StaffTx } from '../db/transaction.ts';

/** What a case may hold besides itself; `merged`: another request joined it, or it another; `mail`: one to its people waits to leave. */
export type CaseTable =
  | 'closing_proposal'
  | 'suspension'
  | 'danger_decision'
  | 'rights_request'
  | 'mediation_session'
  | 'session_note'
  | 'commitment'
  | 'link_made'
  | 'tension_mark'
  | 'relation_mark'
  | 'mediation_result'
  | 'follow_up_check'
  | 'case_evaluation'
  | 'evaluation_conclusion'
  | 'questionnaire'
  | 'partner_referral'
  | 'partner_request'
  | 'case_message'
  | 'party_message'
  | 'attachment'
  | 'contact_attempt'
  | 'agreement'
  | 'agreement_item'
  | 'merged'
  | 'mail';

/** Runs a reading where one of its tables holds something about the case, and gives nothing without asking where none does. */
export type IfAny = <Row>(tables: CaseTable | readonly CaseTable[], read: () => Promise<Row[]>) => Promise<Row[]>;

/** One look at all of them: a page asks for what is there. The rows themselves are read under row-level security as before. */
export async function ifAnyOf(tx: StaffTx, caseId: string): Promise<IfAny> {
  const found = await sql<{ tables: CaseTable[] }>`select tables_of_case(${caseId}::uuid) as tables`.execute(tx.db);
  const held = new Set(found.rows[0]?.tables);
  return async (tables, read) => ([tables].flat().some((table) => held.has(table)) ? read() : []);
}

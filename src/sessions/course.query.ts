import { sql } from 'kysely';
import type { Relation } from '../db/tables/case.ts';
import type { RelationMarkTable } from '../db/tables/party.ts';
import type { StaffTx } from '../db/transaction.ts';

/** R21: the tension at one moment of a case, and what told it. */
export type TensionPoint = {
  at: Date;
  from: 'start' | 'note_before' | 'note_after' | 'check' | 'closing';
  level: number;
};
/** R10, R16: what a party says of the relation, at the beginning, at each check, at the end. */
export type RelationView = {
  partyId: string;
  stage: RelationMarkTable['stage'];
  relation: Relation | null;
  score: number | null;
  at: Date;
};

/** The tension from the reading of a request to its end, in order. */
export async function tensionCourse(tx: StaffTx, caseId: string): Promise<TensionPoint[]> {
  const found = await sql<TensionPoint>`
    select at, "from", level from (
      select at, stage as "from", level, 0 as place from tension_mark where case_id = ${caseId}
      union all select starts_at, 'note_before', tension_before, 1 from session_note where case_id = ${caseId}
      union all select starts_at, 'note_after', tension_after, 2 from session_note where case_id = ${caseId}
      union all select at, 'check', tension, 3 from follow_up_check where case_id = ${caseId} and tension is not null
      union all select proposed_at, 'closing', tension, 4 from closing_proposal
        where case_id = ${caseId} and tension is not null and (answer is null or answer = 'validated')
    ) points order by at, place`.execute(tx.db);
  return found.rows;
}

/** Every mark of every party, in order. */
export async function relationCourse(tx: StaffTx, caseId: string): Promise<RelationView[]> {
  return tx.db
    .selectFrom('relation_mark')
    .select(['party_id as partyId', 'stage', 'relation', 'score', 'at'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute();
}

import type { StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';

/** From this tension on a visit is made by two; from the other one the leader decides before any (R43, §4.7). */
export const BY_TWO_FROM = 3;
export const LEADER_DECIDES_FROM = 4;

/**
 * The leader's word on visits: the latest, unless a note was written since; it was given on what was known then. At most one line, of
 * which the caller chooses the columns.
 */
export function visitDecision(tx: StaffTx, caseId: string) {
  return tx.db
    .selectFrom('visit_decision')
    .where('case_id', '=', caseId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('session_note')
            .select('session_note.id')
            .whereRef('session_note.case_id', '=', 'visit_decision.case_id')
            .whereRef('session_note.at', '>', 'visit_decision.decided_at'),
        ),
      ),
    )
    .orderBy('decided_at', 'desc')
    .limit(1);
}

/** Before people are met at tension 4. @throws DomainError visit_undecided without the leader's yes. */
export async function requireVisitDecided(tx: StaffTx, caseId: string): Promise<void> {
  const { tension } = await tx.db
    .selectFrom('mediation_case')
    .select('tension')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  if ((tension ?? 1) < LEADER_DECIDES_FROM) return;
  const decision = await visitDecision(tx, caseId).select('allowed').executeTakeFirst();
  if (!decision?.allowed) throw new DomainError('visit_undecided');
}

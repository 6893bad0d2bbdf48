import type { CaseText } from '../cases/case-text.ts';
import type { DangerDecisionTable } from '../db/tables/case.ts';
import type { StaffTx } from '../db/transaction.ts';

export type DangerDecisionView = {
  decision: DangerDecisionTable['decision'];
  legalGround: DangerDecisionTable['legal_ground'];
  reason: string;
  at: Date;
  by: string;
};

/** What was decided after a danger: by whom, when, on which legal ground, and why; the last one first (R85). */
export async function dangerDecisions(tx: StaffTx, text: CaseText, caseId: string): Promise<DangerDecisionView[]> {
  const decisions = await tx.db
    .selectFrom('danger_decision as d')
    .innerJoin('person as p', 'p.id', 'd.decided_by')
    .select(['d.decision', 'd.legal_ground as legalGround', 'd.reason', 'd.decided_at as at'])
    .select(['p.first_name as firstName', 'p.last_name as lastName'])
    .where('d.case_id', '=', caseId)
    .orderBy('d.decided_at', 'desc')
    .execute();
  return decisions.map(({ reason, firstName, lastName, ...decision }) => ({
    ...decision,
    reason: text.open('danger_decision', 'reason', reason),
    by: `${firstName} ${lastName}`,
  }));
}

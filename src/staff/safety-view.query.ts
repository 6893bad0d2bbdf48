import type { CaseText } from '../cases/case-text.ts';
import { BY_TWO_FROM, LEADER_DECIDES_FROM, visitDecision } from '../cases/visit-safety.ts';
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

export type VisitsView = {
  /** One person alone would go where two should (R43). */
  byTwo: boolean;
  leaderDecides: boolean;
  decision: { allowed: boolean; reason: string; at: Date; by: string } | undefined;
};

/** What is to be known before people are visited. */
export async function visitsView(
  tx: StaffTx,
  text: CaseText,
  theCase: { id: string; tension: number | null; secondId: string | null },
): Promise<VisitsView> {
  const tension = theCase.tension ?? 1;
  const leaderDecides = tension >= LEADER_DECIDES_FROM;
  const found = leaderDecides
    ? await visitDecision(tx, theCase.id)
        .innerJoin('person as p', 'p.id', 'visit_decision.decided_by')
        .select(['allowed', 'reason', 'decided_at as at', 'p.first_name as firstName', 'p.last_name as lastName'])
        .executeTakeFirst()
    : undefined;
  return {
    byTwo: tension >= BY_TWO_FROM && theCase.secondId === null,
    leaderDecides,
    decision: found && {
      allowed: found.allowed,
      reason: text.open('visit_decision', 'reason', found.reason),
      at: found.at,
      by: `${found.firstName} ${found.lastName}`,
    },
  };
}

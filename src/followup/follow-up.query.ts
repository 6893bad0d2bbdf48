import type { CaseText } from '../cases/case-text.ts';
import type { FollowUpCheckTable, MediationResultTable } from '../db/tables/party.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { IfAny } from '../cases/tables-of-case.query.ts';

export type CheckView = Pick<
  FollowUpCheckTable,
  'kind' | 'cycle' | 'way' | 'reached' | 'kept' | 'situation' | 'tension'
> & {
  partyId: string | null;
  day: string;
  gaveUp: boolean;
  score: number | null;
  newNeed: string | undefined;
  next: FollowUpCheckTable['then_what'];
};
export type ResultView = { result: MediationResultTable['result']; text: string | undefined; at: Date };
/** What came of a mediation, and the news taken since (T21, F6). */
export type FollowUpView = { results: ResultView[]; checks: CheckView[] };

/** As the mediators of a case and its leader read it; news in the order it was taken. */
export async function followUpView(tx: StaffTx, text: CaseText, caseId: string, ifAny: IfAny): Promise<FollowUpView> {
  const results = await ifAny('mediation_result', () =>
    tx.db
      .selectFrom('mediation_result')
      .select(['result', 'agreed_text as agreed', 'recorded_at as at'])
      .where('case_id', '=', caseId)
      .orderBy('recorded_at')
      .execute(),
  );
  const checks = await ifAny('follow_up_check', () =>
    tx.db
      .selectFrom('follow_up_check')
      .select(['kind', 'cycle', 'party_id as partyId', 'way', 'reached', 'gave_up as gaveUp', 'kept', 'situation'])
      .select(['relation_score as score', 'tension', 'new_need as need', 'then_what as next', 'on_day as day'])
      .where('case_id', '=', caseId)
      .orderBy('at')
      .execute(),
  );
  return {
    results: results.map(({ result, agreed, at }) => ({
      result,
      at,
      text: text.openOptional('mediation_result', 'agreed_text', agreed),
    })),
    checks: checks.map(({ need, ...check }) => ({
      ...check,
      newNeed: text.openOptional('follow_up_check', 'new_need', need),
    })),
  };
}

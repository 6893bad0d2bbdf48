import type { CaseText } from '../cases/case-text.ts';
import type { ReferralLevel } from '../db/tables/partner.ts';
import type { StaffTx } from '../db/transaction.ts';

/** What an organisation wrote when it referred the case (F2), for the team. */
export type ReferralView = {
  organisation: string;
  agent: string | null;
  agentRole: string;
  agentPhone: string;
  level: ReferralLevel;
  agreedOn: string | null;
  doneBefore: string[];
  doneOn: string | null;
  expected: string[];
  offered: string[];
  urgencyReason: string | undefined;
  visitRisks: string[];
  willTakePart: boolean;
};

/** What the team reads of the organisation that referred this case, where one did. */
export async function referralView(tx: StaffTx, text: CaseText, caseId: string): Promise<ReferralView | undefined> {
  const row = await tx.db
    .selectFrom('partner_referral as r')
    .innerJoin('organisation as o', 'o.id', 'r.organisation_id')
    .leftJoin('organisation_contact as c', 'c.id', 'r.contact_id')
    .selectAll('r')
    .select(['o.name as organisation', 'c.name as agent'])
    .where('r.case_id', '=', caseId)
    .executeTakeFirst();
  return (
    row && {
      organisation: row.organisation,
      agent: row.agent,
      agentRole: text.open('partner_referral', 'agent_role', row.agent_role),
      agentPhone: text.open('partner_referral', 'agent_phone', row.agent_phone),
      level: row.level,
      agreedOn: row.agreed_on,
      doneBefore: row.done_before,
      doneOn: row.done_on,
      expected: row.expected,
      offered: row.offered,
      urgencyReason: text.openOptional('partner_referral', 'urgency_reason', row.urgency_reason),
      visitRisks: row.visit_risks,
      willTakePart: row.will_take_part,
    }
  );
}

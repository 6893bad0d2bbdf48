import { sql } from 'kysely';
import type { Audience, StepAction } from '../db/tables/town.ts';
import type { StaffTx } from '../db/transaction.ts';
import { notCalled } from '../deadlines/not-called.ts';

/** What is waited for, from whom and until when, and what happens next if nobody acts. */
export type CaseWait = {
  id: string;
  kind: string;
  waitsFor: Audience;
  dueDay: string;
  dueAt: Date;
  reason: string | null;
  mailId: string | null;
  /** The organisation that was asked, where it is about one request. */
  organisation: string | null;
  /** It does not run: the case rests, or a partner is waited for (T24, T25). */
  held: boolean;
  partyId: string | null;
  nextAt: Date | null;
  nextAction: StepAction | null;
};

/** What is waited for in a case now, reviews and opinions last, the earliest due first. */
export async function caseWaits(tx: StaffTx, caseId: string): Promise<CaseWait[]> {
  const found = await sql<CaseWait>`
    select d.id, d.kind, d.waits_for as "waitsFor", d.due_day as "dueDay", d.due_at as "dueAt", d.reason, d.mail_id as "mailId",
      d.party_id as "partyId", o.name as organisation, d.paused_at is not null as held, next.at as "nextAt", next.action as "nextAction"
    from deadline d
    join mediation_case c on c.id = d.case_id
    left join partner_request r on r.case_id = d.case_id and d.stream_id = 'partner-request/' || r.id
    left join organisation o on o.id = r.organisation_id
    left join lateral (
      select at, action from step where step.deadline_id = d.id and step.state = 'pending' and step.ordinal > 0 order by at limit 1
    ) next on true
    where d.case_id = ${caseId} and d.state = 'open' and not ${notCalled}
    order by d.kind in ('case_review', 'long_case', 'opinions', 'partner_opinion'), d.due_at`.execute(tx.db);
  return found.rows;
}

import type { CaseText } from '../cases/case-text.ts';
import type { PartnerReply, PartnerRequestState, Urgency } from '../db/tables/partner.ts';
import type { StaffTx } from '../db/transaction.ts';

export type RequestView = {
  id: string;
  organisation: string;
  state: PartnerRequestState;
  urgency: Urgency;
  question: string;
  sentAt: Date;
  dueDay: string;
  answers: {
    reply: PartnerReply;
    at: Date;
    actionOn: string | null;
    comment: string | undefined;
    referTo: string | undefined;
    byPhone: boolean;
  }[];
};

/** What was asked of partners for a case and what they said, as the team reads it. */
export async function requestViews(tx: StaffTx, text: CaseText, caseId: string): Promise<RequestView[]> {
  const requests = await tx.db
    .selectFrom('partner_request as r')
    .innerJoin('organisation as o', 'o.id', 'r.organisation_id')
    .select([
      'r.id',
      'o.name as organisation',
      'r.state',
      'r.urgency',
      'r.question',
      'r.sent_at as sentAt',
      'r.due_day as dueDay',
    ])
    .where('r.case_id', '=', caseId)
    .orderBy('r.sent_at', 'desc')
    .execute();
  if (requests.length === 0) return [];
  const answers = await tx.db
    .selectFrom('partner_answer')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute();
  return requests.map(({ question, ...request }) => ({
    ...request,
    question: text.open('partner_request', 'question', question),
    answers: answers
      .filter(({ request_id }) => request_id === request.id)
      .map(({ reply, at, action_on, comment, refer_to, person_id }) => ({
        reply,
        at,
        actionOn: action_on,
        comment: text.openOptional('partner_answer', 'comment', comment),
        referTo: text.openOptional('partner_answer', 'refer_to', refer_to),
        byPhone: person_id !== null,
      })),
  }));
}

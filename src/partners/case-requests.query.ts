import { sql } from 'kysely';
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
    willTakePart: boolean;
    followUpContact: string | undefined;
  }[];
  /** What the team told the organisation since, when it needed to know more. */
  informed: { at: Date; said: string }[];
  /** On the agenda of the operational group, without an answer. */
  silent: boolean;
  /** For when an action that was taken in hand is awaited. */
  actionDue: string | null;
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
      sql<boolean>`r.silent_since is not null`.as('silent'),
    ])
    .select(({ selectFrom }) =>
      selectFrom('deadline as d')
        .select('d.due_day')
        .where('d.stream_id', '=', sql<string>`'partner-request/' || r.id`)
        .where('d.kind', '=', 'partner_action')
        .where('d.state', '=', 'open')
        .as('actionDue'),
    )
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
  const informed = await tx.db
    .selectFrom('partner_information')
    .select(['request_id', 'said', 'at'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute();
  return requests.map(({ question, ...request }) => ({
    ...request,
    question: text.open('partner_request', 'question', question),
    answers: answers
      .filter(({ request_id }) => request_id === request.id)
      .map(({ reply, at, action_on, comment, refer_to, person_id, will_take_part, follow_up_contact }) => ({
        reply,
        at,
        actionOn: action_on,
        comment: text.openOptional('partner_answer', 'comment', comment),
        referTo: text.openOptional('partner_answer', 'refer_to', refer_to),
        byPhone: person_id !== null,
        willTakePart: will_take_part === true,
        followUpContact: text.openOptional('partner_answer', 'follow_up_contact', follow_up_contact),
      })),
    informed: informed
      .filter(({ request_id }) => request_id === request.id)
      .map(({ at, said }) => ({ at, said: text.open('partner_information', 'said', said) })),
  }));
}

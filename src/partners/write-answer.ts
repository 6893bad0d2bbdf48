import { isActive } from '../cases/case-status.ts';
import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { PartnerRequestState } from '../db/tables/partner.ts';
import type { PartnerTx, StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { settleRequest } from './end-requests.ts';
import { mayAnswer, type Reply } from './request-status.ts';
import { changeRequest } from './wait-for-partner.ts';

/** F5. `actionOn`: the day it is done, or will be (YYYY-MM-DD); `referTo`: who is competent. */
export type PartnerAnswer = {
  reply: Reply;
  actionOn?: string;
  comment?: string;
  referTo?: string;
  willTakePart?: boolean;
  /** Whom to speak to from now on, as the organisation says it. */
  followUpContact?: string;
};

type From = { contactId: string } | { personId: string; role: 'mediator' | 'leader' };

/**
 * Writes an answer, whoever gave it: the ladder stops, the mediator's waits go on, the mediator is told (R62; invariant 5 of §4.13). Every
 * answer is kept; the last one says how the request stands.
 * @throws DomainError not_allowed_now when it was cancelled, or has its last answer.
 */
export async function writePartnerAnswer(
  tx: StaffTx | PartnerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  text: CaseText,
  request: { id: string; state: PartnerRequestState },
  answer: PartnerAnswer,
  from: From,
): Promise<void> {
  if (!mayAnswer(request.state, answer.reply)) throw new DomainError('not_allowed_now');
  const sealed = (column: string, typed: string | undefined) =>
    typed ? text.seal('partner_answer', column, typed) : null;
  await tx.db
    .insertInto('partner_answer')
    .values({
      request_id: request.id,
      case_id: theCase.id,
      town_id: tx.actor.townId,
      reply: answer.reply,
      action_on: answer.actionOn ?? null,
      comment: sealed('comment', answer.comment),
      refer_to: sealed('refer_to', answer.referTo),
      will_take_part: answer.willTakePart ?? null,
      follow_up_contact: sealed('follow_up_contact', answer.followUpContact),
      contact_id: 'contactId' in from ? from.contactId : null,
      person_id: 'personId' in from ? from.personId : null,
      at: tx.now,
    })
    .execute();
  const goesOn = answer.reply === 'in_hand' || answer.reply === 'needs_info';
  await tx.db
    .updateTable('partner_request')
    .set({ state: answer.reply, answered_at: tx.now, ended_at: goesOn ? null : tx.now })
    .where('id', '=', request.id)
    .execute();
  const stream = partnerRequestStream(request.id);
  await settleStream(tx, stream, 'met');
  await settleRequest(tx, request.id);
  // A case that has ended asks nobody any more; what an organisation has done for it is still written down (R61).
  const active = isActive(theCase.state);
  if (answer.reply === 'in_hand' && active)
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      stream,
      kind: 'partner_action',
      ...(answer.actionOn ? { dueDay: answer.actionOn } : {}),
    });
  await changeRequest(tx, policy, theCase, {
    requestId: request.id,
    by: 'personId' in from ? from.role : 'partner',
    code: 'partner_answered',
    closes: !goesOn || !active,
    data: { reply: answer.reply, byPhone: 'personId' in from },
    ...('personId' in from ? { personId: from.personId } : {}),
  });
  // A mediator who wrote it down knows it; what is still to be told stays to be done.
  const known = 'personId' in from && from.personId === theCase.leadId && answer.reply !== 'needs_info';
  if (!active || known) return;
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_partner_answered',
    requestId: request.id,
    reason: answer.reply,
    // Whoever wrote it down knows it.
    announce: 'personId' in from ? [] : [{ audience: 'mediator', template: 'partner_answered' }],
  });
}

import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { PartnerRequestState } from '../db/tables/partner.ts';
import { DomainError } from '../errors.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { answerDay } from './answer-day.ts';
import { settleStream } from './end-requests.ts';
import { changeRequest } from './wait-for-partner.ts';
import { type PartnerAnswer, writePartnerAnswer } from './write-answer.ts';

type OnRequest = { caseId: string; requestId: string };

/** An answer given by phone or at a meeting, typed by the mediator: it stops the ladder like any other (R62). */
export async function notePhoneAnswer(ctx: CommandContext, by: Staff, input: OnRequest & PartnerAnswer): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text, role } = act;
    const { caseId: _caseId, requestId, actionOn, ...answer } = input;
    const day = actionOn ? { actionOn: answerDay(policy, tx.now, answer.reply, actionOn, 'actionOn') } : {};
    await writePartnerAnswer(
      tx,
      policy,
      theCase,
      text,
      await requestOf(act, requestId),
      { ...answer, ...day },
      {
        personId: by.personId,
        role,
      },
    );
  });
}

/** The question is no longer asked; nobody is reminded of it, and its page says so. */
export async function cancelRequest(ctx: CommandContext, by: Staff, input: OnRequest): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, role } = act;
    const request = await requestOf(act, input.requestId);
    if (!['sent', 'acknowledged', 'in_hand', 'needs_info'].includes(request.state))
      throw new DomainError('not_allowed_now');
    await tx.db
      .updateTable('partner_request')
      .set({ state: 'cancelled', ended_at: tx.now })
      .where('id', '=', request.id)
      .execute();
    await settleStream(tx, partnerRequestStream(request.id), 'cancelled');
    await changeRequest(tx, policy, theCase, {
      requestId: request.id,
      by: role,
      code: 'partner_request_cancelled',
      closes: true,
      personId: by.personId,
    });
  });
}

async function requestOf(
  { tx, theCase }: StaffAct,
  requestId: string,
): Promise<{ id: string; state: PartnerRequestState }> {
  const request = await tx.db
    .selectFrom('partner_request')
    .select(['id', 'state'])
    .where('id', '=', requestId)
    .where('case_id', '=', theCase.id)
    .executeTakeFirst();
  if (!request) throw new DomainError('unknown_choice', { field: 'request' });
  return request;
}

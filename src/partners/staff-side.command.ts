import { isActive } from '../cases/case-status.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { answerDay } from './answer-day.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { settleRequest } from './end-requests.ts';
import { requestOf } from './request-of-case.query.ts';
import { UNENDED } from './request-status.ts';
import { openLadder } from './request-ladder.ts';
import { changeRequest } from './wait-for-partner.ts';
import { type PartnerAnswer, writePartnerAnswer } from './write-answer.ts';

/** `seen`: the last line of the journal the page knew; what was said of this request since is read first. */
type OnRequest = { caseId: string; requestId: string; seen?: number | undefined };

/** An answer given by phone or at a meeting, typed by the mediator: it stops the ladder like any other (R62). */
export async function notePhoneAnswer(ctx: CommandContext, by: Staff, input: OnRequest & PartnerAnswer): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text, role } = act;
    const { caseId: _caseId, requestId, actionOn, seen, ...answer } = input;
    const day = actionOn ? { actionOn: answerDay(policy, tx.now, answer.reply, actionOn, 'actionOn') } : {};
    await writePartnerAnswer(
      tx,
      policy,
      theCase,
      text,
      await requestOf(act, requestId, seen),
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
    const request = await requestOf(act, input.requestId, input.seen);
    if (!UNENDED.includes(request.state)) throw new DomainError('not_allowed_now');
    await tx.db
      .updateTable('partner_request')
      .set({ state: 'cancelled', ended_at: tx.now })
      .where('id', '=', request.id)
      .execute();
    await settleStream(tx, partnerRequestStream(request.id), 'cancelled');
    await settleRequest(tx, request.id);
    await changeRequest(tx, policy, theCase, {
      requestId: request.id,
      by: role,
      code: 'partner_request_cancelled',
      closes: true,
      personId: by.personId,
    });
  });
}

/**
 * « Donner les informations »: an organisation that needed to know more is told, on the page of its request; the question stands again, with
 * its whole time (spec §4.3). @param input.said names nobody; it is sealed like the question.
 */
export async function informPartner(
  ctx: CommandContext,
  by: Staff,
  input: OnRequest & { said: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text, role } = act;
    const request = await requestOf(act, input.requestId, input.seen);
    if (request.state !== 'needs_info' || !isActive(theCase.state)) throw new DomainError('not_allowed_now');
    await tx.db
      .insertInto('partner_information')
      .values({
        request_id: request.id,
        case_id: theCase.id,
        town_id: by.townId,
        person_id: by.personId,
        said: text.seal('partner_information', 'said', input.said),
        at: tx.now,
      })
      .execute();
    // What was to be done about its question is done.
    await settleRequest(tx, request.id);
    const asked = { id: request.id, caseId: theCase.id, urgency: request.urgency };
    const dueDay = await openLadder(tx, policy, asked, 'partner_informed');
    await tx.db
      .updateTable('partner_request')
      .set({ state: 'sent', due_day: dueDay, acknowledged_at: null, silent_since: null })
      .where('id', '=', request.id)
      .execute();
    await changeRequest(tx, policy, theCase, {
      requestId: request.id,
      by: role,
      code: 'partner_informed',
      closes: false,
      personId: by.personId,
      data: { due: dueDay },
    });
  });
}

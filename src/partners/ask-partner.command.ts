import { ASKING } from '../cases/case-status.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { Urgency } from '../db/tables/partner.ts';
import { DomainError } from '../errors.ts';
import { openStream } from '../outbox/record-change.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { openLadder } from './request-ladder.ts';
import { mayBeAsked } from './request-status.ts';
import { changeRequest } from './wait-for-partner.ts';

export const URGENCIES = ['standard', 'urgent', 'works'] as const;

/**
 * Asks an organisation (R20): urgent two working days, standard ten, works twenty. Its contact is written to at once, and reminded up the
 * ladder of §4.4 until any answer. The mediator's own waits are paused meanwhile (T25).
 * @throws DomainError unknown_choice for an organisation that has closed, has nobody to write to, or belongs to the forces of order (R84).
 */
export async function askPartner(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; organisationId: string; urgency: Urgency; question: string },
): Promise<string> {
  return onCase(ctx, by, input.caseId, async ({ tx, policy, theCase, text, role }) => {
    if (!ASKING.includes(theCase.state)) throw new DomainError('not_allowed_now');
    const organisation = await tx.db
      .selectFrom('organisation')
      .select(['id', 'type'])
      .where('id', '=', input.organisationId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    const contact = await tx.db
      .selectFrom('organisation_contact')
      .select('id')
      .where('organisation_id', '=', input.organisationId)
      .executeTakeFirst();
    if (!organisation || !contact || !mayBeAsked(organisation.type))
      throw new DomainError('unknown_choice', { field: 'organisation' });
    const requestId = crypto.randomUUID();
    await openStream(tx, partnerRequestStream(requestId), requestId);
    const asked = { id: requestId, caseId: theCase.id, urgency: input.urgency };
    const dueDay = await openLadder(tx, policy, asked, 'partner_request');
    await tx.db
      .insertInto('partner_request')
      .values({
        id: requestId,
        case_id: theCase.id,
        town_id: by.townId,
        organisation_id: organisation.id,
        asked_by: by.personId,
        urgency: input.urgency,
        question: text.seal('partner_request', 'question', input.question),
        sent_at: tx.now,
        due_day: dueDay,
      })
      .execute();
    await changeRequest(tx, policy, theCase, {
      requestId,
      by: role,
      code: 'partner_asked',
      closes: false,
      personId: by.personId,
      data: { organisation: organisation.id, urgency: input.urgency, due: dueDay },
    });
    return requestId;
  });
}

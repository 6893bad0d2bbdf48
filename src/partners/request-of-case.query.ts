import { sql } from 'kysely';
import type { StaffAct } from '../cases/on-case.ts';
import type { PartnerRequestState, Urgency } from '../db/tables/partner.ts';
import { DomainError } from '../errors.ts';
import type { EventCode } from '../journal/event-codes.ts';
import { requireSeen } from '../journal/require-seen.ts';

/** How a request of this case stands. */
type Standing = { id: string; organisationId: string; state: PartnerRequestState; urgency: Urgency };

/**
 * @param seen the last line of the journal the page knew; left out, nothing is asked of what was said since.
 * @throws DomainError unknown_choice where this case has no such request; changed_meanwhile when the organisation or a colleague has said something the page did not show.
 */
export async function requestOf({ tx, theCase }: StaffAct, requestId: string, seen?: number): Promise<Standing> {
  const request = await tx.db
    .selectFrom('partner_request')
    .select(['id', 'organisation_id as organisationId', 'state', 'urgency'])
    .where('id', '=', requestId)
    .where('case_id', '=', theCase.id)
    .executeTakeFirst();
  if (!request) throw new DomainError('unknown_choice', { field: 'request' });
  await requireSeen(tx, theCase.id, seen, SAID_OF_IT, sql<boolean>`data ->> 'request' = ${requestId}`);
  return request;
}

/** What changes how a request is to be answered; a reminder does not. */
const SAID_OF_IT = ['partner_answered', 'partner_informed', 'partner_request_cancelled'] as const satisfies EventCode[];

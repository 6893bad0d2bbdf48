import type { LockedCase } from '../cases/lock-case.ts';
import type { HolderTx, StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { mayBecome, OPEN_RIGHTS, type Right, type RightsReply, type RightsState } from './rights-status.ts';

export type OpenRight = {
  id: string;
  partyId: string;
  right: Right;
  reply: RightsReply;
  state: RightsState;
  receivedOn: string;
  dueDay: string;
};

/**
 * The request that is meant, under the lock of its case, as long as it may become what somebody wants of it.
 * @throws DomainError unknown_choice when this case, or this person, has no such request; not_allowed_now when it has its answer.
 */
export async function openRight(
  tx: HolderTx | StaffTx,
  theCase: Pick<LockedCase, 'id'>,
  requestId: string,
  to: RightsState,
): Promise<OpenRight> {
  const request = await tx.db
    .selectFrom('rights_request')
    .select(['id', 'party_id as partyId', 'right_asked as right', 'reply_way as reply', 'state'])
    .select(['received_on as receivedOn', 'due_day as dueDay'])
    .where('id', '=', requestId)
    .where('case_id', '=', theCase.id)
    .executeTakeFirst();
  if (!request) throw new DomainError('unknown_choice', { field: 'rights' });
  if (!mayBecome(request.state, to)) throw new DomainError('not_allowed_now');
  return request;
}

/** Whether this right of a party is asked and waits for its answer. */
export async function isAsked(tx: HolderTx | StaffTx, partyId: string, right: Right): Promise<boolean> {
  const open = await tx.db
    .selectFrom('rights_request')
    .select('id')
    .where('party_id', '=', partyId)
    .where('right_asked', '=', right)
    .where('state', 'in', OPEN_RIGHTS)
    .executeTakeFirst();
  return open !== undefined;
}

import type { TownTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { mayBeParty } from './request-status.ts';

/**
 * An organisation that may be told something of a case, or be a party of it: one that is still there, and none of the forces of order (R84,
 * invariant 3 of §4.13). @throws DomainError unknown_choice, beside `field`.
 */
export async function requireOrganisation(tx: TownTx, organisationId: string, field: string): Promise<void> {
  const organisation = await tx.db
    .selectFrom('organisation')
    .select('type')
    .where('id', '=', organisationId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!organisation || !mayBeParty(organisation.type)) throw new DomainError('unknown_choice', { field });
}

import type { StaffTx } from '../db/transaction.ts';
import { mayBeAsked, mayBeParty } from '../partners/request-status.ts';

/**
 * `mayTakePart`: it may be a party, or be told something; never the forces of order (R84), nor one that has closed.
 * `askable`: open, somebody to write to, and no force of order.
 */
export type Organisation = { id: string; name: string; type: string; mayTakePart: boolean; askable: boolean };

/** Every organisation of the town, with what may be done with it. */
export async function organisationChoices(tx: StaffTx): Promise<Organisation[]> {
  const found = await tx.db
    .selectFrom('organisation as o')
    .select(['o.id', 'o.name', 'o.type', 'o.ended_at as endedAt'])
    .select(({ exists, selectFrom }) =>
      exists(selectFrom('organisation_contact as c').select('c.id').whereRef('c.organisation_id', '=', 'o.id')).as(
        'hasContact',
      ),
    )
    .orderBy('o.name')
    .execute();
  return found.map(({ id, name, type, endedAt, hasContact }) => ({
    id,
    name,
    type,
    mayTakePart: endedAt === null && mayBeParty(type),
    askable: endedAt === null && hasContact === true && mayBeAsked(type),
  }));
}

import type { Kysely } from 'kysely';
import { withOwner } from '../db/as-owner.ts';
import type { Tables } from '../db/tables/index.ts';
import { accountFor } from './account-for.ts';
import type { Accounts } from './accounts.ts';

export type NewAdministrator = { townSlug: string; email: string; firstName: string; lastName: string };

/**
 * Makes this person an administrator of the town (known already, or new) and draws an invitation, valid 72 hours: how a new
 * installation lets its first person in, and the last resort when no administrator can enter any more.
 * @returns the invitation code, or undefined when there is no such town.
 */
export async function inviteAdministrator(
  adminUrl: string,
  accounts: Accounts,
  { townSlug, email, firstName, lastName }: NewAdministrator,
): Promise<string | undefined> {
  return withOwner(adminUrl, async (db) => {
    const town = await db.selectFrom('town').select('id').where('slug', '=', townSlug).executeTakeFirst();
    if (!town) return undefined;
    const authUserId = await accountFor(accounts, { email, name: `${firstName} ${lastName}` });
    await db.transaction().execute(async (tx) => {
      const person = await tx
        .insertInto('person')
        .values({
          town_id: town.id,
          ref: null,
          first_name: firstName,
          last_name: lastName,
          email,
          auth_user_id: authUserId,
        })
        .onConflict((conflict) =>
          conflict.columns(['town_id', 'email']).doUpdateSet({ auth_user_id: authUserId, active: true }),
        )
        .returning('id')
        .executeTakeFirstOrThrow();
      await grantAdministration(tx, town.id, person.id);
    });
    return accounts.createInvitation(authUserId);
  });
}

async function grantAdministration(tx: Kysely<Tables>, townId: string, personId: string): Promise<void> {
  await tx
    .insertInto('person_role')
    .values({ town_id: townId, person_id: personId, role: 'admin' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .insertInto('account_event')
    .values({ town_id: townId, person_id: personId, by_person_id: null, code: 'invited' })
    .execute();
}

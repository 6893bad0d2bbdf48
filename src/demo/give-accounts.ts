import type { Accounts } from '../accounts/accounts.ts';
import { accountFor } from '../accounts/account-for.ts';
import { withOwner } from '../db/as-owner.ts';

/**
 * Gives everybody of the demo towns an account without a password, so that /demo can enter as them. Safe to run again.
 * @param adminUrl a login that may take the schema owner's role. @returns how many were made.
 */
export async function giveDemoAccounts(adminUrl: string, accounts: Accounts): Promise<number> {
  return withOwner(adminUrl, async (db) => {
    const people = await db
      .selectFrom('person')
      .innerJoin('town', 'town.id', 'person.town_id')
      .select(['person.id', 'person.email', 'person.first_name', 'person.last_name'])
      .where('town.is_demo', '=', true)
      .where('person.auth_user_id', 'is', null)
      .execute();
    for (const { id, email, first_name, last_name } of people) {
      const authUserId = await accountFor(accounts, { email, name: `${first_name} ${last_name}` });
      await db.updateTable('person').set({ auth_user_id: authUserId }).where('id', '=', id).execute();
    }
    return people.length;
  });
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { AccountEventCode } from '../db/tables/account-event.ts';
import type { StaffRole } from '../db/tables/people.ts';
import { inTransaction } from '../db/transaction.ts';
import type { StaffPerson } from '../staff/staff-person.query.ts';
import type { Accounts } from './accounts.ts';
import type { Standing } from './standing.ts';

export type AccessState = 'none' | 'invited' | 'half' | 'open' | 'ended';
export type PersonAccess = {
  id: string;
  name: string;
  email: string;
  authUserId: string | null;
  roles: StaffRole[];
  state: AccessState;
  invitedUntil: Date | undefined;
  lastSignIn: Date | null;
};
export type AccessEvent = { at: Date; code: AccountEventCode };

/** Everybody of the town with how far their access has come. For administrators: names and roles, never a case (line 4). */
export async function accessList(
  ctx: CommandContext & { accounts: Accounts },
  admin: StaffPerson,
): Promise<PersonAccess[]> {
  const people = await inTransaction(ctx.db, { role: 'app_staff', ...idsOf(admin) }, (tx) =>
    tx.db
      .selectFrom('person')
      .select(['id', 'first_name', 'last_name', 'email', 'auth_user_id', 'active'])
      .select(
        sql<StaffRole[]>`(select coalesce(array_agg(role order by role), '{}') from person_role
          where person_role.person_id = person.id)`.as('roles'),
      )
      .select(
        sql<Date | null>`(select max(recorded_at) from account_event
          where account_event.person_id = person.id and code = 'signed_in')`.as('last_sign_in'),
      )
      .where('town_id', '=', admin.townId)
      .orderBy('last_name')
      .orderBy('first_name')
      .execute(),
  );
  const accounts = people.flatMap(({ auth_user_id }) => (auth_user_id === null ? [] : [auth_user_id]));
  const standings = await ctx.accounts.standingOf(accounts);
  return people.map((row) => {
    const standing = row.auth_user_id === null ? undefined : standings.get(row.auth_user_id);
    return {
      id: row.id,
      name: `${row.first_name} ${row.last_name}`,
      email: row.email,
      authUserId: row.auth_user_id,
      roles: row.roles,
      state: row.active ? stateOf(standing) : 'ended',
      invitedUntil: standing?.invitedUntil,
      lastSignIn: row.last_sign_in,
    };
  });
}

/** What happened to one person's access, newest first, the last twenty. */
export async function accessHistory(ctx: CommandContext, admin: StaffPerson, personId: string): Promise<AccessEvent[]> {
  return inTransaction(ctx.db, { role: 'app_staff', ...idsOf(admin) }, (tx) =>
    tx.db
      .selectFrom('account_event')
      .select(['recorded_at as at', 'code'])
      .where('person_id', '=', personId)
      .orderBy('recorded_at', 'desc')
      .limit(20)
      .execute(),
  );
}

function stateOf(standing: Standing | undefined): AccessState {
  if (standing?.hasPassword) return standing.secondFactor ? 'open' : 'half';
  return standing?.invitedUntil ? 'invited' : 'none';
}

function idsOf({ townId, personId }: StaffPerson): { townId: string; personId: string } {
  return { townId, personId };
}

import type { CommandContext } from '../command-context.ts';
import type { StaffRole } from '../db/tables/people.ts';
import { inTransaction } from '../db/transaction.ts';

export type StaffPerson = { townId: string; personId: string; name: string; roles: StaffRole[] };

/** The person behind a session, as the database knows them now: somebody no longer active is nobody (B-52). */
export async function staffPerson(
  ctx: CommandContext,
  townId: string,
  personId: string,
): Promise<StaffPerson | undefined> {
  return inTransaction(ctx.db, { role: 'app_staff', townId, personId }, async (tx) => {
    const person = await tx.db
      .selectFrom('person')
      .select(['first_name', 'last_name'])
      .where('id', '=', personId)
      .where('active', '=', true)
      .executeTakeFirst();
    if (!person) return undefined;
    const roles = await tx.db.selectFrom('person_role').select('role').where('person_id', '=', personId).execute();
    return { townId, personId, name: `${person.first_name} ${person.last_name}`, roles: roles.map(({ role }) => role) };
  });
}

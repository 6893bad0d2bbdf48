import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { StaffRole } from '../db/tables/people.ts';
import { inTransaction, NOBODY } from '../db/transaction.ts';

export type StaffPerson = { townId: string; personId: string; name: string; roles: StaffRole[] };

type Found = { person_id: string; first_name: string; last_name: string; roles: StaffRole[] };

/** The person of this town behind an account, as the database knows them now: somebody no longer active is nobody (B-52). */
export async function staffByAccount(
  ctx: CommandContext,
  townId: string,
  authUserId: string,
): Promise<StaffPerson | undefined> {
  return inTransaction(ctx.db, { role: 'app_staff', townId, personId: NOBODY }, async (tx) => {
    const found = await sql<Found>`select * from staff_by_auth_user(${townId}::uuid, ${authUserId})`.execute(tx.db);
    const [row] = found.rows;
    return row && { townId, personId: row.person_id, name: `${row.first_name} ${row.last_name}`, roles: row.roles };
  });
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { StaffRole } from '../db/tables/people.ts';

export type StaffPerson = { townId: string; personId: string; name: string; roles: StaffRole[] };
/** What has waited for more than five minutes in this town: said on every page of people at work. */
export type WaitingTooLong = { mails: boolean; changes: boolean };
export type AtWork = StaffPerson & { late: WaitingTooLong };

type Found = { person_id: string; first_name: string; last_name: string; roles: StaffRole[] } & WaitingTooLong;

/**
 * The person of this town behind an account, as the database knows them now: somebody no longer active is nobody (B-52). Asked before
 * anybody has entered, of two functions every login may call (docs/decisions/0021).
 */
export async function staffByAccount(
  ctx: CommandContext,
  townId: string,
  authUserId: string,
): Promise<AtWork | undefined> {
  const found = await sql<Found>`
    select * from staff_by_auth_user(${townId}::uuid, ${authUserId}), waiting_too_long(${townId}::uuid)`.execute(
    ctx.db,
  );
  const [row] = found.rows;
  if (!row) return undefined;
  const { person_id: personId, first_name, last_name, roles, mails, changes } = row;
  return { townId, personId, name: `${first_name} ${last_name}`, roles, late: { mails, changes } };
}

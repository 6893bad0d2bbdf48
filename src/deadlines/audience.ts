import { sql } from 'kysely';
import type { Audience } from '../db/tables/town.ts';
import type { TownTx } from '../db/transaction.ts';

/**
 * The members of staff a step speaks to. Somebody who is away, or whose access has ended, is passed over: the leader's step goes to the
 * deputy, and to every leader of the town where there is none (spec §4.4; `leaders_now`). A case without a team speaks to every leader
 * (architecture.md, "Who sees a new case"). Always in the same order, so that two steps meet their mails in it. Empty when the mediator is no longer here, or nobody leads in this town.
 */
export async function addressees(
  tx: TownTx,
  theCase: { teamId: string | null; leadId: string | null },
  audience: Audience,
): Promise<string[]> {
  if (audience === 'mediator') return activeOnly(tx, theCase.leadId);
  if (audience === 'coordinator') return everybody(tx, 'coordinator');
  if (audience !== 'leader' && audience !== 'deputy') return [];
  if (!theCase.teamId) return everybody(tx, 'team_leader');
  const found = await sql<{ people: string[] | null }>`
    select ${audience === 'leader' ? sql`leaders_now(id, ${tx.now})` : sql`deputies_now(id, ${tx.now})`} as people
    from team where id = ${theCase.teamId}`.execute(tx.db);
  return (found.rows[0]?.people ?? []).toSorted((one, other) => one.localeCompare(other));
}

async function activeOnly(tx: TownTx, personId: string | null): Promise<string[]> {
  if (!personId) return [];
  const person = await tx.db
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .where('active', '=', true)
    .executeTakeFirst();
  return person ? [person.id] : [];
}

async function everybody(tx: TownTx, role: 'team_leader' | 'coordinator'): Promise<string[]> {
  const found = await tx.db
    .selectFrom('person_role')
    .innerJoin('person', 'person.id', 'person_role.person_id')
    .select('person.id')
    .where('person_role.town_id', '=', tx.actor.townId)
    .where('role', '=', role)
    .where('person.active', '=', true)
    .orderBy('person.id')
    .execute();
  return found.map(({ id }) => id);
}

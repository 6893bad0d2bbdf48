import { localDay } from '../calendar/town-calendar.ts';
import type { Audience } from '../db/tables/town.ts';
import type { TownTx } from '../db/transaction.ts';
import type { TownPolicy } from './town-policy.ts';

export type Addressees = { people: string[]; insteadOf?: 'absent_leader' };

/**
 * The members of staff a step speaks to. An absent leader's step goes to the deputy, and the answer says so (spec §4.4);
 * a case without a team speaks to every leader of the town (architecture.md, "Who sees a new case").
 */
export async function addressees(
  tx: TownTx,
  policy: TownPolicy,
  theCase: { teamId: string | null; leadId: string | null },
  audience: Audience,
): Promise<Addressees> {
  if (audience === 'mediator') return { people: theCase.leadId ? [theCase.leadId] : [] };
  if (audience !== 'leader' && audience !== 'deputy') return { people: [] };
  if (!theCase.teamId) return { people: await allLeaders(tx) };
  const team = await tx.db
    .selectFrom('team')
    .select(['leader_id', 'deputy_id'])
    .where('id', '=', theCase.teamId)
    .executeTakeFirstOrThrow();
  const deputies = team.deputy_id ? [team.deputy_id] : [];
  if (audience === 'deputy' || !team.leader_id) return { people: deputies };
  if (await isAbsent(tx, policy, team.leader_id)) return { people: deputies, insteadOf: 'absent_leader' };
  return { people: [team.leader_id] };
}

async function allLeaders(tx: TownTx): Promise<string[]> {
  const leaders = await tx.db
    .selectFrom('person_role')
    .innerJoin('person', 'person.id', 'person_role.person_id')
    .select('person.id')
    .where('person_role.town_id', '=', tx.actor.townId)
    .where('role', '=', 'team_leader')
    .where('person.active', '=', true)
    .execute();
  return leaders.map((leader) => leader.id);
}

async function isAbsent(tx: TownTx, policy: TownPolicy, personId: string): Promise<boolean> {
  const today = localDay(policy.calendar, tx.now);
  const absence = await tx.db
    .selectFrom('absence')
    .select('id')
    .where('person_id', '=', personId)
    .where('from_day', '<=', today)
    .where('to_day', '>=', today)
    .executeTakeFirst();
  return absence !== undefined;
}

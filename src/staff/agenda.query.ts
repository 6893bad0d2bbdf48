import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import type { StaffPerson } from './staff-person.query.ts';

export type AgendaPoint = { organisation: string; since: Date };

/**
 * What stands on the agenda of the next meeting of the operational group: organisations that are late, no case and no name (R72). For its
 * coordinators, who are told of each point; nothing for others.
 */
export async function agendaPoints(ctx: CommandContext, person: StaffPerson): Promise<AgendaPoint[]> {
  if (!person.roles.includes('coordinator')) return [];
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, (tx) =>
    tx.db
      .selectFrom('go_item as g')
      .innerJoin('organisation as o', 'o.id', 'g.organisation_id')
      .select(['o.name as organisation', 'g.since'])
      .where('g.settled_at', 'is', null)
      .orderBy('g.since')
      .execute(),
  );
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { canLead, type KnownQualification } from '../mediators/qualification-status.ts';
import type { StaffPerson } from './staff-person.query.ts';

export type MediatorChoice = { id: string; name: string; qualified: boolean; load: number };

/** The town's mediators, qualified ones first, with what they carry: for the leader's choice, never a score (line 9). */
export async function mediatorChoices(ctx: CommandContext, person: StaffPerson): Promise<MediatorChoice[]> {
  const policy = await ctx.policies.of(person.townId);
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const today = localDay(policy.calendar, tx.now);
    const found = await sql<{ id: string; name: string; load: string; qualifications: KnownQualification[] }>`
      select p.id, p.first_name || ' ' || p.last_name as name,
        (select count(*) from mediation_case c where c.lead_id = p.id and c.closed_at is null) as load,
        coalesce((select jsonb_agg(jsonb_build_object('status', q.status, 'validUntil', q.valid_until)) from qualification q where q.person_id = p.id), '[]') as qualifications
      from person p join person_role r on r.person_id = p.id and r.role = 'mediator'
      where p.town_id = ${person.townId} and p.active order by p.last_name`.execute(tx.db);
    return found.rows
      .map((row) => ({
        id: row.id,
        name: row.name,
        load: Number(row.load),
        qualified: canLead(row.qualifications, today),
      }))
      .toSorted((a, b) => Number(b.qualified) - Number(a.qualified));
  });
}

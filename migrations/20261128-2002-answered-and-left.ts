import { type Kysely, sql } from 'kysely';

// An answer nobody reads goes to whoever leads, as every other task does: a rung more in the towns that exist.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into ladder_step (town_id, kind, ordinal, anchor, offset_unit, offset_n, audience, action, template)
    select town_id, kind, 2, 'due', 'working_day', 1, 'leader', 'escalate', 'partner_answered' from ladder l
    where kind = 'task_partner_answered'
      and not exists (select 1 from ladder_step s where s.town_id = l.town_id and s.kind = l.kind and s.ordinal >= 2)
  `.execute(db);
}

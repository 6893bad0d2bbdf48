import { sql } from 'kysely';
import { withOwner } from '../db/as-owner.ts';
import { DEFAULT_LADDERS } from '../deadlines/default-ladders.ts';

/**
 * Gives every town the ladders it has not got: a release may wait for something new. Rows a town has, changed or not, stay as they are
 * (architecture.md, "Reminder policy is data"). Run after the migrations; safe to run again.
 * @returns how many ladders were added.
 */
export async function addMissingLadders(adminUrl: string): Promise<number> {
  const kinds = Object.entries(DEFAULT_LADDERS).map(([kind, { target }]) => ({ kind, ...target }));
  const steps = Object.entries(DEFAULT_LADDERS).flatMap(([kind, ladder]) =>
    ladder.steps.map((step, index) => ({ kind, ordinal: index + 1, ...step })),
  );
  return withOwner(adminUrl, async (db) => {
    const added = await sql<{ kind: string }>`
      with new_ladder as (
        insert into ladder (town_id, kind, target_unit, target_n, waits_for, pausable)
        select town.id, l.kind, l.target_unit, l.target_n, l.waits_for, l.pausable
        from town cross join jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb)
          as l(kind text, target_unit text, target_n integer, waits_for text, pausable boolean)
        on conflict do nothing returning town_id, kind
      ), new_step as (
        insert into ladder_step (town_id, kind, ordinal, anchor, offset_unit, offset_n, audience, action, template)
        select new_ladder.town_id, s.kind, s.ordinal, s.anchor, s.offset_unit, s.offset_n, s.audience, s.action, s.template
        from new_ladder join jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
          as s(kind text, ordinal smallint, anchor text, offset_unit text, offset_n integer, audience text, action text, template text)
          on s.kind = new_ladder.kind
      )
      select kind from new_ladder`.execute(db);
    return added.rows.length;
  });
}

import { type Kysely, sql } from 'kysely';

// A person takes the e-mail address back. Towns made from now on have the task's ladder row from src/deadlines/default-ladders.ts.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant update (contact_ways) on case_identity to app_public;
    insert into ladder (town_id, kind, target_unit, target_n, waits_for, pausable)
      select id, 'task_note_email_removed', 'working_day', 2, 'mediator', false from town
      on conflict do nothing;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// Which form of a page did this act: a second click on its button is answered like the first and does nothing.
// No part of the chain of the journal: it proves nothing, it only recognises a repeat.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table case_event add form_id uuid;
    create function form_has_acted(in_case uuid, in_form uuid) returns boolean
      language sql volatile security definer set search_path = public, pg_temp as $$
        select exists (select 1 from case_event where case_id = in_case and town_id = app_town() and form_id = in_form) $$;
    revoke execute on function form_has_acted(uuid, uuid) from public;
    grant execute on function form_has_acted(uuid, uuid) to app_public, app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// A case that ends asks nobody any more: a question to a party that stood open would still stand when the case is opened again. One
// function, because whoever ends it may not read the other side's rows.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function end_open_questions(in_case uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update agreement set state = 'no_answer', answered_at = business_now(app_town())
      where case_id = in_case and town_id = app_town() and state = 'asked'
        and (in_case = app_case() or app_person() is not null)
    $$;
    revoke execute on function end_open_questions(uuid) from public;
    grant execute on function end_open_questions(uuid) to app_public, app_staff;
  `.execute(db);
}

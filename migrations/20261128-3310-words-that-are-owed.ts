import { type Kysely, sql } from 'kysely';

// An ending stops what was about to leave to the people of a case. Not that a meeting is off, which their calendars still hold, and not the
// answer about their own data, which is owed to them whatever becomes of the case (F15, R82).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function stop_mails_to_people(in_case uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update mail set state = 'cancelled'
      where case_id = in_case and town_id = app_town() and person_id is null and state = 'queued'
        and template not in ('session_cancelled', 'rights_received', 'rights_extended', 'rights_answered')
        and (in_case = app_case() or app_person() is not null)
    $$;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// §4.11, R85: whether the very same was said of danger within a quarter of an hour of real time, by the same. Whoever says it may not read the
// journal; the case is locked meanwhile. The primary key of case_event (case, seq) serves it: a few lines at the end of one case.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function danger_just_said(in_case uuid, in_actor text, in_data jsonb) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (
        select 1 from case_event e
        where e.case_id = in_case and e.town_id = app_town() and in_case = coalesce(app_case(), in_case)
          and e.code = 'danger_raised' and e.actor = in_actor and e.data @> in_data
          and e.recorded_at > clock_timestamp() - interval '15 minutes')
    $$;
    revoke execute on function danger_just_said(uuid, text, jsonb) from public;
    grant execute on function danger_just_said(uuid, text, jsonb) to app_public, app_party, app_partner;
  `.execute(db);
}

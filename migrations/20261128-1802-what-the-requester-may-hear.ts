import { type Kysely, sql } from 'kysely';

// T17, spec §4.10: whoever asked hears whether the other side does not wish a mediation, or did not answer; never that somebody who had agreed
// stopped, nor when, nor who (R30).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function why_alone(in_case uuid) returns text
      language sql stable security definer set search_path = public, pg_temp as $$
      select case when p.end_reason in ('refused', 'no_answer') then p.end_reason end
      from party p
      where p.case_id = in_case and in_case = app_case() and p.town_id = app_town() and p.side = 'other'
      order by p.ended_at desc nulls first limit 1
    $$;
    revoke execute on function why_alone(uuid) from public;
    grant execute on function why_alone(uuid) to app_public;
  `.execute(db);
}

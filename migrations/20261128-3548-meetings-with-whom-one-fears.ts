import { type Kysely, sql } from 'kysely';

// Spec §3.6: whoever says later that a family is feared does not read every meeting; that one with the other side is still planned is asked by all
// who may say it, and nothing else of it. `session_by_case` serves it.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function meets_the_other_side(in_case uuid, at timestamptz) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (
        select 1 from mediation_session s
        where s.case_id = in_case and s.town_id = app_town() and in_case = coalesce(app_case(), in_case)
          and s.state = 'planned' and s.ends_at > at
          and (s.mode in ('joint', 'collective') or exists (
            select 1 from session_party i join party p on p.id = i.party_id
            where i.session_id = s.id and p.side <> 'requester' and p.ended_at is null)))
    $$;
    revoke execute on function meets_the_other_side(uuid, timestamptz) from public;
    grant execute on function meets_the_other_side(uuid, timestamptz) to app_staff, app_public, app_party, app_partner;
  `.execute(db);
}

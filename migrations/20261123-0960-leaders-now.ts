import { type Kysely, sql } from 'kysely';

// Who leads a team at this moment, in one place: the leader, else the deputy, else every leader of the town; somebody whose access has
// ended or who is away is passed over (R42; architecture.md: never silence). It says who may read and act, and who is written to.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function is_at_work(in_person uuid, in_now timestamptz) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (
        select 1 from person join town on town.id = person.town_id
        where person.id = in_person and person.active and not exists (
          select 1 from absence where absence.person_id = person.id
            and (in_now at time zone town.time_zone)::date between absence.from_day and absence.to_day))
    $$;
    create function other_leaders(in_team uuid, in_now timestamptz) returns uuid[]
      language sql stable security definer set search_path = public, pg_temp as $$
      with led as (
        select person.id, is_at_work(person.id, in_now) as here
        from team join person_role as r on r.town_id = team.town_id and r.role = 'team_leader'
             join person on person.id = r.person_id and person.active
        where team.id = in_team and person.id is distinct from team.leader_id
      )
      select coalesce(array_agg(id) filter (where here), array_agg(id), '{}') from led
    $$;
    create function leaders_now(in_team uuid, in_now timestamptz) returns uuid[]
      language sql stable security definer set search_path = public, pg_temp as $$
      select case
        when is_at_work(leader_id, in_now) then array[leader_id]
        when is_at_work(deputy_id, in_now) then array[deputy_id]
        else other_leaders(id, in_now)
      end from team where id = in_team
    $$;
    create function deputies_now(in_team uuid, in_now timestamptz) returns uuid[]
      language sql stable security definer set search_path = public, pg_temp as $$
      select case when is_at_work(deputy_id, in_now) then array[deputy_id] else other_leaders(id, in_now) end
      from team where id = in_team
    $$;
    create or replace function teams_led_by(in_person uuid, in_now timestamptz) returns uuid[]
      language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(team.id), '{}')
      from team join person on person.id = in_person and person.active and person.town_id = team.town_id
      where team.leader_id = in_person or in_person = any (leaders_now(team.id, in_now))
    $$;
    revoke execute on function is_at_work(uuid, timestamptz), other_leaders(uuid, timestamptz), leaders_now(uuid, timestamptz),
      deputies_now(uuid, timestamptz) from public;
    grant execute on function is_at_work(uuid, timestamptz), other_leaders(uuid, timestamptz), leaders_now(uuid, timestamptz),
      deputies_now(uuid, timestamptz) to app_worker, app_staff, app_public;
  `.execute(db);
}

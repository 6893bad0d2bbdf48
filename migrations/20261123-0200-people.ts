import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table person (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      ref text,
      auth_user_id text unique,
      first_name text not null,
      last_name text not null,
      email text not null,
      active boolean not null default true,
      unique (town_id, email),
      unique (town_id, ref)
    );
    create table person_role (
      town_id uuid not null references town,
      person_id uuid not null references person,
      role text not null check (role in ('mediator', 'team_leader', 'coordinator', 'admin')),
      primary key (person_id, role)
    );
    create table team (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      code text not null,
      name text not null,
      leader_id uuid references person,
      deputy_id uuid references person,
      unique (town_id, code)
    );
    create table team_member (
      town_id uuid not null references town,
      team_id uuid not null references team,
      person_id uuid not null references person,
      primary key (team_id, person_id)
    );
    create table absence (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      person_id uuid not null references person,
      from_day date not null,
      to_day date not null check (to_day >= from_day)
    );
    create index absence_by_person on absence (person_id, from_day);

    create table quarter (
      town_id uuid not null references town,
      code text not null check (code ~ '^[A-Z]{2,6}$'),
      name text not null,
      qpv text,
      team_id uuid references team,
      primary key (town_id, code)
    );
    create table place (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      quarter_code text,
      name text not null,
      type text not null,
      unique (town_id, name),
      foreign key (town_id, quarter_code) references quarter
    );

    create table qualification (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      person_id uuid not null references person,
      code text not null,
      label text not null,
      hours integer,
      status text not null check (status in ('verified', 'in_progress', 'to_verify')),
      valid_until date
    );
    create index qualification_by_person on qualification (person_id);
    create table mediator_profile (
      person_id uuid primary key references person,
      town_id uuid not null references town,
      contract text not null,
      contract_until date,
      languages text[] not null default '{}',
      sectors text[] not null default '{}'
    );

    create table organisation (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      code text not null,
      name text not null,
      type text not null,
      roles text[] not null,
      public_service_mission boolean not null default true,
      unique (town_id, code)
    );
    create table organisation_contact (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      organisation_id uuid not null references organisation,
      position text not null check (position in ('referent', 'substitute', 'head')),
      name text not null,
      email text not null,
      unique (organisation_id, position)
    );
  `.execute(db);

  await sql`
    do $$
    declare t text;
    begin
      foreach t in array array['person', 'person_role', 'team', 'team_member', 'absence', 'quarter', 'place', 'qualification',
                               'mediator_profile', 'organisation', 'organisation_contact'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy own_town on %I for select to app_public, app_staff, app_worker using (town_id = app_town())', t);
        execute format('grant select on %I to app_staff, app_worker', t);
      end loop;
    end $$;
    -- A resident's browser is told which quarters and places exist, and who leads the team that reads; nothing else about staff.
    grant select on quarter, place to app_public;
    grant select (id, town_id, leader_id, deputy_id) on team to app_public;
    grant select (id, town_id, first_name, active) on person to app_public;
    -- Who is alerted of a danger at once (R85): the leader, or the deputy of an absent one.
    grant select on absence, person_role to app_public;
  `.execute(db);

  // Who leads what at this instant: own teams, the teams of an absent leader, and grants that have not ended (R42).
  await sql`
    create table leadership_grant (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      person_id uuid not null references person,
      case_id uuid not null,
      reason text not null check (reason in ('triage_late', 'task_late', 'danger')),
      starts_at timestamptz not null,
      ends_at timestamptz not null check (ends_at > starts_at)
    );
    create index leadership_grant_by_person on leadership_grant (person_id, ends_at);
    alter table leadership_grant enable row level security;
    alter table leadership_grant force row level security;
    create policy owner_all on leadership_grant to passerelle_owner using (true) with check (true);
    create policy own_town on leadership_grant to app_staff, app_worker using (town_id = app_town()) with check (town_id = app_town());
    grant select, insert on leadership_grant to app_staff, app_worker;

    create function teams_led_by(in_person uuid, in_now timestamptz) returns uuid[]
      language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(team.id), '{}')
      from team join person on person.id = in_person and person.active and person.town_id = team.town_id
      join town on town.id = team.town_id
      where team.leader_id = in_person
         or (team.deputy_id = in_person and exists (
               select 1 from absence where absence.person_id = team.leader_id
                 and (in_now at time zone town.time_zone)::date between absence.from_day and absence.to_day))
    $$;
    create function cases_granted_to(in_person uuid, in_now timestamptz) returns uuid[]
      language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(distinct case_id), '{}') from leadership_grant
      where person_id = in_person and starts_at <= in_now and in_now < ends_at
    $$;
    create function leads_in_town(in_person uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select 1 from person_role join person on person.id = person_role.person_id
                     where person_id = in_person and role = 'team_leader' and person.active)
    $$;
    create function staff_by_auth_user(in_town uuid, in_auth_user text)
      returns table (person_id uuid, first_name text, last_name text, roles text[])
      language sql stable security definer set search_path = public, pg_temp as $$
      select person.id, person.first_name, person.last_name,
             (select coalesce(array_agg(role order by role), '{}') from person_role where person_role.person_id = person.id)
      from person where person.town_id = in_town and person.auth_user_id = in_auth_user and person.active
    $$;

    create function app_teams() returns uuid[] language sql stable
      return coalesce(nullif(current_setting('app.teams', true), ''), '{}')::uuid[];
    create function app_granted_cases() returns uuid[] language sql stable
      return coalesce(nullif(current_setting('app.granted_cases', true), ''), '{}')::uuid[];
    create function app_leads() returns boolean language sql stable
      return coalesce(nullif(current_setting('app.leads', true), ''), 'false')::boolean;

    revoke execute on function teams_led_by(uuid, timestamptz), cases_granted_to(uuid, timestamptz), leads_in_town(uuid),
      staff_by_auth_user(uuid, text), app_teams(), app_granted_cases(), app_leads() from public;
    grant execute on function teams_led_by(uuid, timestamptz), cases_granted_to(uuid, timestamptz), leads_in_town(uuid),
      staff_by_auth_user(uuid, text), app_teams(), app_granted_cases(), app_leads() to app_staff;
    grant execute on function teams_led_by(uuid, timestamptz), cases_granted_to(uuid, timestamptz), leads_in_town(uuid),
      staff_by_auth_user(uuid, text) to app_entry;
    grant execute on function app_teams(), app_granted_cases(), app_leads() to app_public, app_worker;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// F1 whole (spec §4.5): what a resident tells besides the story. Codes are clear so that figures decrypt nothing; what was written is sealed.
// Written with the case and never changed; read by whoever reads the case (mediators and leader), never by its code's holder (C-3).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table case_situation (
      case_id uuid primary key references mediation_case,
      town_id uuid not null references town,
      since text check (since in ('not_yet', 'days', 'weeks', 'months', 'years')),
      frequency text check (frequency in ('once', 'sometimes', 'each_week', 'each_day')),
      moments text[] not null default '{}',
      done_before text[] not null default '{}',
      hopes text[] not null default '{}',
      hopes_text bytea,
      -- Whether there is one, and nothing about it (R80).
      procedure text check (procedure in ('yes', 'no', 'unknown')),
      access_needs text[] not null default '{}',
      difficulties text[] not null default '{}',
      organisation_id uuid references organisation,
      service_text bytea,
      transport_line bytea,
      transport_stop bytea
    );
    alter table case_situation enable row level security;
    alter table case_situation force row level security;
    create policy owner_all on case_situation to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on case_situation for select to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id));
    create policy own_new on case_situation for insert to app_public, app_partner
      with check (case_id = app_case() and town_id = app_town());
    grant select on case_situation to app_staff;
    grant insert on case_situation to app_public, app_partner;

    alter table mediation_case add column place_id uuid references place;
    -- The same place lately (R37, possible duplicates).
    create index case_by_place on mediation_case (place_id, received_at desc) where place_id is not null;

    -- The drawn map of the town: shapes of its quarters and points of its places, by their codes.
    alter table town add column map jsonb;
  `.execute(db);

  // A place pointed out by somebody who gives no name: no request (spec §3.7), no number, no code. Nobody is told afterwards; leaders read it.
  await sql`
    create table field_observation (
      id uuid primary key,
      town_id uuid not null references town,
      quarter_code text,
      place_id uuid references place,
      place_type text,
      categories text[] not null check (cardinality(categories) between 1 and 3),
      domain text not null check (domain in ('transports', 'espace_public', 'social', 'culturel')),
      channel text not null check (channel in ('web', 'phone', 'desk', 'paper', 'street', 'partner', 'qr')),
      danger boolean not null,
      doubtful boolean not null default false,
      team_id uuid references team,
      note bytea,
      place_text bytea,
      transport_line bytea,
      transport_stop bytea,
      nonce_hash bytea unique,
      kid text not null,
      wrapped_key bytea not null,
      -- Kept 24 months from here (spec §3.5).
      observed_at timestamptz not null,
      foreign key (town_id, quarter_code) references quarter
    );
    -- The list of leaders, newest first; the month that retention ends.
    create index observation_by_day on field_observation (town_id, observed_at desc, id);
    alter table field_observation enable row level security;
    alter table field_observation force row level security;
    create policy owner_all on field_observation to passerelle_owner using (true) with check (true);
    create policy anybody_points_out on field_observation for insert to app_public with check (town_id = app_town());
    create policy of_teams_led on field_observation for select to app_staff
      using (town_id = app_town() and (team_id = any (app_teams()) or (team_id is null and app_leads())));
    grant insert on field_observation to app_public;
    grant select on field_observation to app_staff;

    -- The same form again is answered like the first time; whoever sends it reads nothing but when that was.
    create function observed_with(in_town uuid, in_nonce bytea) returns timestamptz
      language sql stable security definer set search_path = public, pg_temp as $$
      select observed_at from field_observation where town_id = in_town and nonce_hash = in_nonce
    $$;
    revoke execute on function observed_with(uuid, bytea) from public;
    grant execute on function observed_with(uuid, bytea) to app_public;
  `.execute(db);
}

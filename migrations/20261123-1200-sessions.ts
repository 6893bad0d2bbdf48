import { type Kysely, sql } from 'kysely';

// Sessions of a mediation, their notes (F4) and the links made (R19). A party sees the sessions it is invited to, never a note.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mediation_session (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      mode text not null check (mode in ('individual', 'shuttle', 'joint', 'collective')),
      starts_at timestamptz not null,
      ends_at timestamptz not null check (ends_at > starts_at),
      place bytea not null,
      state text not null default 'planned' check (state in ('planned', 'held', 'missed', 'cancelled')),
      -- The calendar file's own: higher with every change, so that a calendar takes the last one.
      sequence integer not null default 0,
      planned_by uuid not null references person,
      planned_at timestamptz not null,
      settled_at timestamptz
    );
    create index session_by_case on mediation_session (case_id, starts_at);
    create table session_party (
      session_id uuid not null references mediation_session,
      party_id uuid not null references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      primary key (session_id, party_id)
    );
    create index session_of_party on session_party (party_id);
    create table session_note (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      session_id uuid references mediation_session,
      cycle integer not null,
      mode text not null check (mode in ('phone', 'visit', 'desk', 'shuttle', 'joint', 'collective')),
      starts_at timestamptz not null,
      minutes integer not null check (minutes between 1 and 1440),
      travel_minutes integer check (travel_minutes between 0 and 1440),
      person_id uuid not null references person,
      present uuid[] not null default '{}',
      interpreter boolean not null,
      tension_before smallint not null check (tension_before between 1 and 4),
      tension_after smallint not null check (tension_after between 1 and 4),
      registers text[] not null,
      topics text[] not null,
      note bytea,
      progress text not null check (progress in ('blocked', 'listening', 'proposing', 'partial', 'agreement', 'setback')),
      safety_alert boolean not null,
      next_step bytea,
      next_on date,
      at timestamptz not null
    );
    create index note_by_case on session_note (case_id, at);
    create table link_made (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      note_id uuid references session_note,
      organisation_id uuid not null references organisation,
      kind text not null check (kind in ('information', 'orientation', 'going_along', 'introduction', 'mediation')),
      confirmed_at timestamptz,
      at timestamptz not null
    );
    create index link_by_case on link_made (case_id, at);
    alter table commitment add foreign key (session_id) references mediation_session;

    do $$
    declare t text;
    begin
      foreach t in array array['mediation_session', 'session_party', 'session_note', 'link_made'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy of_a_visible_case on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id))', t);
        execute format('create policy worker on %I to app_worker using (town_id = app_town()) with check (town_id = app_town())', t);
        execute format('grant select, insert on %I to app_staff', t);
        execute format('grant select on %I to app_worker', t);
      end loop;
    end $$;
    create policy own on session_party for select to app_party using (party_id = app_party_id());
    create policy requester on session_party for select to app_public
      using (case_id = app_case() and party_id in (select id from party where case_id = app_case() and side = 'requester'));
    -- A guest sees the sessions it is invited to; ending a case ends those it may not read too.
    create policy guests on mediation_session to app_public, app_party using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town());
    grant select on session_party to app_public, app_party;
    grant select (id, case_id, town_id, mode, starts_at, ends_at, place, state, sequence, planned_at) on mediation_session to app_public, app_party;
    grant update (state, settled_at, sequence) on mediation_session to app_public, app_party;
    grant update (state, settled_at, sequence, starts_at, ends_at, place) on mediation_session to app_staff, app_worker;
    grant update (confirmed_at) on link_made to app_staff;
  `.execute(db);
}

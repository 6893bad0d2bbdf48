import { type Kysely, sql } from 'kysely';

const TABLES = `'party','party_identity','party_message','agreement','agreement_item','relation_mark','mediation_result','commitment','follow_up_check','suspension'`;

// Parties of a case, what each agreed to, and what came of it (F3, F6, R10, R16, R22, R29). Identity stands apart from the party, as for the requester.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table party (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      side text not null check (side in ('requester', 'other')),
      kind text not null check (kind in ('person', 'household', 'group', 'institution', 'business', 'transport', 'association')),
      organisation_id uuid references organisation,
      minor boolean not null default false,
      interpreter boolean not null default false,
      created_at timestamptz not null,
      -- Told where the data come from and what becomes of them (GDPR art. 14): how, and when; or why not, decided by the leader.
      informed_at timestamptz,
      informed_how text check (informed_how in ('letter', 'oral', 'email', 'exempted')),
      exemption_reason bytea,
      ended_at timestamptz,
      end_reason text check (end_reason in ('refused', 'no_answer', 'withdrawn', 'left'))
    );
    create unique index one_requester_per_case on party (case_id) where side = 'requester';
    create index party_by_case on party (case_id, created_at);

    create table party_identity (
      party_id uuid primary key references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      name bytea,
      phone bytea,
      email bytea,
      postal_address bytea,
      contact_hours bytea,
      representative bytea,
      legal_representative bytea,
      spoken_language text,
      contact_ways text[] not null default '{}',
      precautions text[] not null default '{}',
      has_email boolean not null default false,
      -- A party that refused keeps no contact here one month later (spec §3.5); the nightly step erases and dates it.
      erase_after date,
      erased_at timestamptz
    );
    create index identity_to_erase on party_identity (town_id, erase_after) where erase_after is not null and erased_at is null;

    -- Messages between the team and a party other than the requester; the requester's are in case_message.
    create table party_message (
      id uuid primary key default gen_random_uuid(),
      party_id uuid not null references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      from_team boolean not null,
      author_id uuid references person,
      body bytea not null,
      at timestamptz not null
    );
    create index party_message_by_party on party_message (party_id, at);

    create table agreement (
      id uuid primary key default gen_random_uuid(),
      party_id uuid not null references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      state text not null check (state in ('asked', 'yes', 'no', 'no_answer', 'withdrawn')),
      asked_at timestamptz not null,
      mode text check (mode in ('written', 'oral', 'code')),
      language text,
      interpreter_ref bytea,
      explained text[] not null default '{}',
      mandate boolean not null default false,
      legal_representative_agreed boolean not null default false,
      copy_given boolean not null default false,
      recorded_by uuid references person,
      answered_at timestamptz,
      withdrawn_at timestamptz,
      withdrawn_how text check (withdrawn_how in ('code', 'phone', 'oral', 'written'))
    );
    create index agreement_by_party on agreement (party_id, asked_at desc);
    -- What was said is superseded by a new row; only one question to a party is open at a time.
    create unique index one_open_question on agreement (party_id) where state = 'asked';

    create table agreement_item (
      agreement_id uuid not null references agreement,
      ordinal smallint not null,
      party_id uuid not null references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      item text not null check (item in ('take_part', 'contact_other', 'may_say', 'share', 'recontact')),
      given boolean not null,
      said bytea,
      organisation_id uuid references organisation,
      purpose bytea,
      withdrawn_at timestamptz,
      primary key (agreement_id, ordinal)
    );
    create index share_by_case on agreement_item (case_id, organisation_id) where item = 'share';

    create table relation_mark (
      id uuid primary key default gen_random_uuid(),
      party_id uuid not null references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      stage text not null check (stage in ('start', 'd10', 'm1', 'm3', 'closing')),
      relation text check (relation in ('never_spoke', 'used_to_speak', 'still_speak', 'avoid')),
      score smallint check (score between 0 and 10),
      at timestamptz not null
    );
    create index mark_by_case on relation_mark (case_id, at);

    create table mediation_result (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      result text not null check (result in ('ACCORD_ECRIT', 'ACCORD_ORAL', 'APAISE', 'DIALOGUE_REPRIS', 'ACCORD_PARTIEL')),
      agreed_text bytea,
      recorded_by uuid not null references person,
      recorded_at timestamptz not null
    );
    create index result_by_case on mediation_result (case_id, recorded_at desc);

    create table commitment (
      id uuid primary key default gen_random_uuid(),
      party_id uuid not null references party,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      session_id uuid,
      what bytea not null,
      by_day date not null,
      recorded_by uuid not null references person,
      recorded_at timestamptz not null
    );
    create index commitment_by_case on commitment (case_id, by_day);

    create table follow_up_check (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      kind text not null check (kind in ('d10', 'm1', 'm3')),
      party_id uuid references party,
      way text not null check (way in ('phone', 'visit', 'desk', 'letter', 'email', 'trusted_person')),
      reached boolean not null,
      kept text check (kept in ('all', 'some', 'none', 'unknown')),
      situation text check (situation in ('settled', 'better', 'same', 'worse')),
      relation_score smallint check (relation_score between 0 and 10),
      tension smallint check (tension between 1 and 4),
      new_need bytea,
      then_what text not null check (then_what in ('go_on', 'resume_mediation', 'close', 'orient')),
      recorded_by uuid not null references person,
      at timestamptz not null
    );
    create index check_by_case on follow_up_check (case_id, at);

    create table suspension (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      reason text not null check (reason in ('works', 'season', 'away', 'illness', 'other_step', 'other')),
      from_at timestamptz not null,
      until_day date not null,
      decided_by uuid not null references person,
      ended_at timestamptz
    );
    create unique index one_open_suspension on suspension (case_id) where ended_at is null;

    alter table mediation_case add column preventive boolean not null default false;
    alter table mediation_case add column natures text[] not null default '{}';
    -- A wait that is paused keeps its place: its steps wait too, and are placed again when it resumes (T24, T25).
    alter table deadline add column paused_at timestamptz;
    alter table step drop constraint step_state_check;
    alter table step add constraint step_state_check check (state in ('pending', 'paused', 'done', 'skipped', 'cancelled'));
    grant update (paused_at) on deadline to app_staff, app_worker, app_public, app_party, app_partner;
    grant update (preventive, natures, interpreter) on mediation_case to app_staff;
    grant select (preventive) on mediation_case to app_party, app_partner;

    insert into party (case_id, town_id, side, kind, minor, interpreter, created_at)
      select id, town_id, 'requester', case when need = 'group' then 'group' else 'person' end, minor, interpreter, received_at from mediation_case;
    insert into relation_mark (party_id, case_id, town_id, cycle, stage, relation, at)
      select p.id, c.id, c.town_id, 1, 'start', c.relation, c.received_at from mediation_case c join party p on p.case_id = c.id where c.relation is not null;
  `.execute(db);

  // Staff and worker as for every table of a case. The requester: the own party only, by the code typed. The other party: its own rows only, nothing
  // of the requester (spec §3.3), not even that party's row.
  await sql`
    do $$
    declare t text;
    begin
      foreach t in array array[${sql.raw(TABLES)}] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy of_a_visible_case on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id))', t);
        execute format('create policy worker on %I to app_worker using (town_id = app_town()) with check (town_id = app_town())', t);
        execute format('grant select, insert on %I to app_staff', t);
        execute format('grant select on %I to app_worker', t);
      end loop;
      foreach t in array array['agreement', 'agreement_item'] loop
        execute format('create policy requester on %I to app_public using (case_id = app_case() and party_id in (select id from party where case_id = app_case() and side = ''requester'')) with check (case_id = app_case() and town_id = app_town())', t);
        execute format('create policy own on %I to app_party using (party_id = app_party_id()) with check (party_id = app_party_id() and case_id = app_case() and town_id = app_town())', t);
        execute format('grant select, insert on %I to app_public, app_party', t);
      end loop;
      foreach t in array array['party_identity', 'party_message', 'commitment'] loop
        execute format('create policy own on %I to app_party using (party_id = app_party_id()) with check (party_id = app_party_id() and case_id = app_case() and town_id = app_town())', t);
      end loop;
    end $$;
    create policy requester on party to app_public using (case_id = app_case() and side = 'requester') with check (case_id = app_case() and town_id = app_town());
    create policy own on party to app_party using (id = app_party_id()) with check (id = app_party_id() and town_id = app_town());
    create policy requester on relation_mark for insert to app_public with check (case_id = app_case() and town_id = app_town());
    create policy requester on commitment for select to app_public
      using (case_id = app_case() and party_id in (select id from party where case_id = app_case() and side = 'requester'));
    grant select, insert on party to app_public;
    grant insert on relation_mark to app_public;
    grant select on commitment to app_public, app_party;
    grant select on party to app_party;
    grant select, insert on party_message to app_party;
    grant select on party_identity to app_party;
    grant update (ended_at, end_reason) on party to app_staff, app_worker, app_party, app_public;
    grant update (informed_at, informed_how, exemption_reason, minor, interpreter) on party to app_staff, app_worker;
    grant update (name, phone, email, postal_address, contact_hours, representative, legal_representative, spoken_language, contact_ways, precautions,
                  has_email, erase_after) on party_identity to app_staff;
    grant update on party_identity to app_worker;
    grant update (email, has_email, erase_after) on party_identity to app_party;
    grant update (state, mode, language, interpreter_ref, explained, mandate, legal_representative_agreed, copy_given, recorded_by, answered_at,
                  withdrawn_at, withdrawn_how) on agreement to app_staff, app_public, app_party;
    grant update (state, answered_at) on agreement to app_worker;
    grant update (withdrawn_at) on agreement_item to app_staff, app_public, app_party, app_worker;
    grant update (ended_at, until_day) on suspension to app_staff, app_worker, app_public, app_party;
    create policy requester on suspension to app_public using (case_id = app_case()) with check (case_id = app_case());
    create policy guests on suspension to app_party, app_partner using (case_id = app_case()) with check (case_id = app_case());
    grant select on suspension to app_public, app_party, app_partner;
    grant insert on agreement to app_worker;
  `.execute(db);

  // The other party's code opens its own space; the same door as the requester's, another session.
  await sql`
    alter table access add column party_id uuid references party;
    alter table access drop constraint access_purpose_check;
    alter table access add constraint access_purpose_check
      check (purpose in ('case_code', 'mail_code', 'follow_session', 'replace_permit', 'party_code', 'party_session'));
    alter table access add constraint party_access_names_its_party check ((purpose like 'party\\_%') = (party_id is not null));
    create unique index one_code_per_party on access (party_id) where purpose = 'party_code' and ended_at is null;
    create policy own on access to app_party using (party_id = app_party_id()) with check (party_id = app_party_id() and case_id = app_case() and town_id = app_town());
    create policy makes_a_party_code on access for insert to app_staff
      with check (purpose = 'party_code' and town_id = app_town() and exists (select 1 from party p where p.id = party_id and p.case_id = access.case_id));
    grant select (id, town_id, case_id, party_id, purpose, created_at, expires_at, ended_at), insert on access to app_party;
    grant update (ended_at) on access to app_party;
    grant insert on access to app_staff;
    grant select (party_id) on access to app_staff, app_worker, app_public;

    create function find_party_by_access(in_town uuid, in_purpose text, in_hash bytea) returns table (party_id uuid, case_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select access.party_id, access.case_id from access
      where access.town_id = in_town and purpose = in_purpose and purpose like 'party\\_%' and token_hash = in_hash and ended_at is null
        and (expires_at is null or expires_at > clock_timestamp())
    $$;
    revoke execute on function find_party_by_access(uuid, text, bytea) from public;
    grant execute on function find_party_by_access(uuid, text, bytea) to app_public;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

const STATES = `'received','in_triage','more_info_needed','redirected','merged','accepted','assigned','first_contact','agreements',
  'support','mediation','follow_up','evaluation','closed','archived','anonymised'`;

// Identity and story stand in tables of their own: row-level security works on rows, and lists never touch them.
// Text with CHECK, not enum types: enum operators are not leakproof and lose their index under row-level security.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mediation_case (
      id uuid primary key,
      town_id uuid not null references town,
      number text not null check (number ~ '^MS-[0-9]{4}-[0-9]{5,}$'),
      cycle integer not null default 1,
      state text not null check (state in (${sql.raw(STATES)})),
      state_since timestamptz not null,
      former_state text check (former_state in (${sql.raw(STATES)})),
      outcome text,
      danger boolean not null default false,
      waiting_for_partner boolean not null default false,
      suspended boolean not null default false,
      minor boolean not null default false,
      interpreter boolean not null default false,
      need text not null check (need in ('person', 'group', 'service', 'link')),
      categories text[] not null check (cardinality(categories) between 1 and 3),
      domain text check (domain in ('transports', 'espace_public', 'social', 'culturel')),
      complexity text check (complexity in ('simple', 'standard', 'complex', 'collective')),
      tension smallint check (tension between 1 and 4),
      quarter_code text,
      place_type text,
      relation text check (relation in ('never_spoke', 'used_to_speak', 'still_speak', 'avoid')),
      channel text not null check (channel in ('web', 'phone', 'desk', 'paper', 'street', 'partner', 'qr')),
      origin text not null,
      ui_language text not null,
      team_id uuid references team,
      lead_id uuid references person,
      second_id uuid references person,
      received_at timestamptz not null,
      closed_at timestamptz,
      nonce_hash bytea unique,
      kid text not null,
      wrapped_key bytea not null,
      unique (town_id, number),
      foreign key (town_id, quarter_code) references quarter
    );
    -- Worklists: open cases of a team, of a mediator.
    create index case_by_team on mediation_case (team_id, state);
    create index case_by_lead on mediation_case (lead_id, state);
    create index case_by_quarter on mediation_case (town_id, quarter_code, received_at desc);

    create table case_identity (
      case_id uuid primary key references mediation_case,
      town_id uuid not null references town,
      first_name bytea not null,
      phone bytea,
      email bytea,
      postal_address bytea,
      trusted_person bytea,
      contact_hours bytea,
      phone_hash bytea,
      email_hash bytea,
      contact_ways text[] not null,
      precautions text[] not null default '{}',
      spoken_language text,
      age_group text not null check (age_group in ('adult', 'minor')),
      accept_evaluation boolean not null
    );
    -- Same person twice at triage (R37), by keyed hash only.
    create index identity_by_phone on case_identity (town_id, phone_hash) where phone_hash is not null;
    create index identity_by_email on case_identity (town_id, email_hash) where email_hash is not null;

    create table case_story (
      case_id uuid primary key references mediation_case,
      town_id uuid not null references town,
      story bytea,
      place_text bytea
    );
    create table case_message (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      kind text not null check (kind in ('question', 'answer', 'message', 'team_message')),
      author_id uuid references person,
      body bytea not null,
      at timestamptz not null
    );
    create index message_by_case on case_message (case_id, at);

    create table contact_attempt (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      person_id uuid not null references person,
      way text not null check (way in ('phone', 'visit', 'desk', 'letter', 'email', 'trusted_person')),
      reached boolean not null,
      note bytea,
      at timestamptz not null
    );
    create index attempt_by_case on contact_attempt (case_id, at);

    create table assignment (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      mediator_id uuid not null references person,
      second_id uuid references person,
      proposed_by uuid not null references person,
      override_reason bytea,
      proposed_at timestamptz not null,
      answer text check (answer in ('accepted', 'declined', 'no_answer', 'ended')),
      answer_reason text,
      answered_at timestamptz
    );
    create unique index one_open_assignment on assignment (case_id) where answer is null;

    create table redirection (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      motive text not null,
      target text not null,
      decided_by uuid not null references person,
      decided_at timestamptz not null
    );
    create index redirection_by_case on redirection (case_id, decided_at);

    create table closing_proposal (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      outcome text not null,
      reason bytea not null,
      proposed_by uuid not null references person,
      proposed_at timestamptz not null,
      answer text check (answer in ('validated', 'returned', 'void')),
      answered_by uuid references person,
      answered_at timestamptz
    );
    create unique index one_open_proposal on closing_proposal (case_id) where answer is null;

    create table case_correction (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      from_state text not null,
      to_state text not null,
      reason bytea not null,
      corrected_by uuid not null references person,
      corrected_at timestamptz not null
    );
    create table danger_decision (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      decision text not null check (decision in ('report', 'orient', 'no_action')),
      reason bytea not null,
      decided_by uuid not null references person,
      decided_at timestamptz not null
    );
    alter table leadership_grant add foreign key (case_id) references mediation_case;
    alter table leadership_grant add constraint one_grant_per_reason unique (case_id, person_id, reason, starts_at);
  `.execute(db);

  // Need-to-know. Staff: own teams (or granted), the town's queue for leaders, own cases for mediators. A resident: the one case
  // whose code was typed. The worker: its town. app.case is set only after the code lookup, or to the id of a case being created.
  await sql`
    alter table mediation_case enable row level security;
    alter table mediation_case force row level security;
    create policy owner_all on mediation_case to passerelle_owner using (true) with check (true);
    create policy staff on mediation_case to app_staff
      using (town_id = app_town() and (team_id = any (app_teams()) or (team_id is null and app_leads())
             or lead_id = app_person() or second_id = app_person() or id = any (app_granted_cases())))
      with check (town_id = app_town());
    create policy requester on mediation_case to app_public
      using (id = app_case() and town_id = app_town()) with check (id = app_case() and town_id = app_town());
    create policy worker on mediation_case to app_worker
      using (town_id = app_town()) with check (town_id = app_town());
    grant select, insert on mediation_case to app_public;
    grant select on mediation_case to app_staff, app_worker;
    grant update (state, state_since, former_state, outcome, danger, waiting_for_partner, suspended, closed_at)
      on mediation_case to app_public;
    grant update (state, state_since, former_state, outcome, danger, waiting_for_partner, suspended, closed_at, domain, complexity,
                  tension, team_id, quarter_code, lead_id, second_id, cycle)
      on mediation_case to app_staff, app_worker;

    do $$
    declare t text;
    begin
      foreach t in array array['case_identity', 'case_story', 'case_message', 'contact_attempt', 'assignment', 'redirection',
                               'closing_proposal', 'case_correction', 'danger_decision'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy of_a_visible_case on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id))', t);
        execute format('create policy worker on %I to app_worker using (town_id = app_town()) with check (town_id = app_town())', t);
      end loop;
    end $$;
    create policy requester on case_identity to app_public using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town());
    create policy requester on case_story for insert to app_public with check (case_id = app_case() and town_id = app_town());
    create policy requester on case_message to app_public using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town());
    create policy requester on assignment to app_public using (case_id = app_case()) with check (case_id = app_case());
    create policy requester on closing_proposal to app_public using (case_id = app_case()) with check (case_id = app_case());
    create policy requester on redirection for select to app_public using (case_id = app_case());

    grant select on case_identity, case_story, case_message, contact_attempt, assignment, redirection, closing_proposal,
      case_correction, danger_decision to app_staff;
    grant insert on case_message, contact_attempt, assignment, redirection, closing_proposal, case_correction, danger_decision
      to app_staff;
    grant update (answer, answer_reason, answered_at) on assignment to app_staff, app_worker, app_public;
    grant update (answer, answered_by, answered_at) on closing_proposal to app_staff, app_worker, app_public;

    -- C-3: the code's holder never reads the story back.
    grant insert on case_identity, case_story, case_message to app_public;
    grant select on case_identity, case_message, assignment, closing_proposal, redirection to app_public;
    grant update (email, email_hash) on case_identity to app_public;

    grant select on case_identity, contact_attempt, assignment, redirection, closing_proposal to app_worker;
    grant select (id, case_id, town_id, kind, at) on case_message to app_worker;
  `.execute(db);
}

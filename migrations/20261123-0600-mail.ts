import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The ledger: written before the send (P-24). No address and no text in it: both are read when the message is made.
  // not_before, accepted_at and reminder_day are business time; lease_until and next_attempt_at are real time.
  await sql`
    create table mail (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      case_id uuid references mediation_case,
      person_id uuid references person,
      template text not null check (template ~ '^[a-z_]{2,40}$'),
      reminder_day date,
      dedupe_key text not null,
      message_id text not null unique,
      state text not null default 'queued' check (state in ('queued', 'sending', 'accepted', 'refused', 'unknown', 'cancelled')),
      not_before timestamptz not null,
      next_attempt_at timestamptz not null default clock_timestamp(),
      lease_until timestamptz,
      attempts integer not null default 0,
      reply_code integer,
      accepted_at timestamptz,
      created_at timestamptz not null default clock_timestamp(),
      unique (town_id, dedupe_key),
      constraint one_recipient check (person_id is not null or case_id is not null)
    );
    -- One reminder mail per person and business day.
    create unique index one_reminder_a_day on mail (person_id, reminder_day) where reminder_day is not null and person_id is not null;
    create index mail_waiting on mail (not_before) where state in ('queued', 'sending');
    create index mail_unsettled on mail (town_id, created_at) where state in ('queued', 'sending', 'unknown', 'refused');
    create table mail_item (
      id uuid primary key default gen_random_uuid(),
      mail_id uuid not null references mail,
      town_id uuid not null references town,
      case_id uuid references mediation_case,
      step_id uuid references step,
      template text not null,
      due_day date,
      created_at timestamptz not null,
      unique (mail_id, case_id, template)
    );
    create index mail_item_by_case on mail_item (case_id);

    create function mail_notify() returns trigger language plpgsql as $$
      begin perform pg_notify('mail', ''); return null; end $$;
    create trigger wake_sender after insert on mail for each statement execute function mail_notify();

    alter table mail enable row level security;
    alter table mail force row level security;
    create policy owner_all on mail to passerelle_owner using (true) with check (true);
    create policy staff on mail to app_staff using (town_id = app_town()) with check (town_id = app_town());
    create policy requester on mail to app_public using (case_id = app_case()) with check (town_id = app_town());
    create policy worker on mail to app_worker using (true) with check (true);
    alter table mail_item enable row level security;
    alter table mail_item force row level security;
    create policy owner_all on mail_item to passerelle_owner using (true) with check (true);
    create policy staff on mail_item to app_staff
      using (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town());
    create policy requester on mail_item to app_public using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town());
    create policy worker on mail_item to app_worker using (true) with check (true);
    grant select, insert on mail, mail_item to app_staff, app_public, app_worker;
    grant update (state, next_attempt_at) on mail to app_staff, app_public;
    grant update on mail to app_worker;
    grant update (due_day) on mail_item to app_staff, app_worker;
    alter table deadline add foreign key (mail_id) references mail;

    create table heartbeat (
      role text not null,
      instance text not null,
      at timestamptz not null default clock_timestamp(),
      temporal text,
      primary key (role, instance)
    );
    alter table heartbeat enable row level security;
    alter table heartbeat force row level security;
    create policy owner_all on heartbeat to passerelle_owner using (true) with check (true);
    create policy all_roles on heartbeat to app_public, app_staff, app_worker, app_relay using (true) with check (true);
    grant select on heartbeat to app_public, app_staff;
    grant select, insert, update, delete on heartbeat to app_worker, app_relay;

    -- The demo's journeys through time: asked by the page, made by the relay role.
    create table clock_journey (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      asked_at timestamptz not null default clock_timestamp(),
      until timestamptz,
      state text not null default 'asked' check (state in ('asked', 'running', 'arrived', 'refused', 'stopped')),
      instants integer not null default 0,
      at timestamptz,
      reason text
    );
    create unique index one_journey_at_a_time on clock_journey (town_id) where state in ('asked', 'running');
    create function journey_notify() returns trigger language plpgsql as $$
      begin perform pg_notify('journey', ''); return null; end $$;
    create trigger wake_traveller after insert on clock_journey for each statement execute function journey_notify();
    alter table clock_journey enable row level security;
    alter table clock_journey force row level security;
    create policy owner_all on clock_journey to passerelle_owner using (true) with check (true);
    create policy demo_page on clock_journey to app_public
      using (town_id = app_town())
      with check (town_id = app_town() and exists (select 1 from town where town.id = town_id and is_demo));
    create policy relay on clock_journey to app_relay using (true) with check (true);
    grant select, insert on clock_journey to app_public;
    grant select, update on clock_journey to app_relay;
  `.execute(db);
}

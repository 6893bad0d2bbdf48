import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A stream is a workflow id. last_seq is allocated under the lock of the row the stream is about.
    create table stream (
      id text primary key check (id ~ '^(referral|daily)/[0-9a-f-]{36}$'),
      town_id uuid not null references town,
      subject_id uuid not null,
      last_seq integer not null default 0,
      acked_seq integer not null default 0,
      acked_at timestamptz,
      closed boolean not null default false
    );
    create index open_streams on stream (town_id) where not closed;
    create table outbox (
      stream_id text not null references stream,
      seq integer not null,
      town_id uuid not null references town,
      code text not null check (code ~ '^[a-z_]{2,60}$'),
      created_at timestamptz not null default clock_timestamp(),
      lease_until timestamptz,
      attempts integer not null default 0,
      next_at timestamptz not null default clock_timestamp(),
      delivered_at timestamptz,
      last_error text,
      primary key (stream_id, seq)
    );
    -- The relay's claim: oldest undelivered row of each stream.
    create index outbox_waiting on outbox (next_at) where delivered_at is null;
    create function outbox_notify() returns trigger language plpgsql as $$
      begin perform pg_notify('outbox', ''); return null; end $$;
    create trigger wake_relay after insert on outbox for each statement execute function outbox_notify();

    create table deadline (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      stream_id text not null references stream,
      case_id uuid references mediation_case,
      kind text not null check (kind ~ '^[a-z_]{2,40}$'),
      waits_for text not null check (waits_for in ('leader', 'deputy', 'mediator', 'requester', 'service')),
      pausable boolean not null,
      opened_at timestamptz not null,
      due_day date not null,
      due_at timestamptz not null,
      state text not null default 'open' check (state in ('open', 'met', 'cancelled')),
      reason text,
      mail_id uuid,
      settled_at timestamptz
    );
    -- Worklists read open deadlines by due date; a case page reads its own.
    create index deadline_open on deadline (town_id, due_at) where state = 'open';
    create index deadline_by_case on deadline (case_id, opened_at);
    create unique index one_open_wait_per_kind on deadline (stream_id, kind) where state = 'open' and kind not like 'task\\_%';

    create table step (
      id uuid primary key default gen_random_uuid(),
      deadline_id uuid not null references deadline,
      town_id uuid not null references town,
      stream_id text not null references stream,
      case_id uuid references mediation_case,
      ordinal smallint not null,
      at timestamptz not null,
      audience text not null check (audience in ('leader', 'deputy', 'mediator', 'requester', 'service')),
      action text not null,
      template text not null,
      state text not null default 'pending' check (state in ('pending', 'done', 'skipped', 'cancelled')),
      outcome text,
      acted_at timestamptz,
      unique (deadline_id, ordinal)
    );
    -- A workflow's snapshot: its stream's earliest pending step; the clock's next instant; the reconciler's late steps.
    create index step_pending_by_stream on step (stream_id, at) where state = 'pending';
    create index step_pending_by_town on step (town_id, at) where state = 'pending';

    do $$
    declare t text;
    begin
      foreach t in array array['deadline', 'step'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy staff on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town())', t);
        execute format('create policy requester on %I to app_public using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town())', t);
        execute format('create policy worker on %I to app_worker using (town_id = app_town()) with check (town_id = app_town())', t);
        execute format('grant select, insert on %I to app_staff, app_worker, app_public', t);
      end loop;
    end $$;
    grant update (state, settled_at, due_day, due_at, reason) on deadline to app_staff, app_worker, app_public;
    grant update (state, outcome, acted_at, at) on step to app_staff, app_worker, app_public;

    alter table stream enable row level security;
    alter table stream force row level security;
    create policy owner_all on stream to passerelle_owner using (true) with check (true);
    create policy staff on stream to app_staff using (town_id = app_town()) with check (town_id = app_town());
    create policy requester on stream to app_public using (subject_id = app_case()) with check (subject_id = app_case() and town_id = app_town());
    create policy worker on stream to app_worker using (town_id = app_town()) with check (town_id = app_town());
    create policy relay on stream to app_relay using (true) with check (true);
    grant select, insert on stream to app_staff, app_worker, app_public;
    grant update (last_seq, closed) on stream to app_staff, app_public;
    grant update (last_seq, closed, acked_seq, acked_at) on stream to app_worker;
    grant select on stream to app_relay;

    alter table outbox enable row level security;
    alter table outbox force row level security;
    create policy owner_all on outbox to passerelle_owner using (true) with check (true);
    create policy inserts on outbox for insert to app_staff, app_worker, app_public with check (town_id = app_town());
    create policy relay on outbox to app_relay using (true) with check (true);
    create policy own_town on outbox for select to app_staff using (town_id = app_town());
    grant insert on outbox to app_staff, app_worker, app_public;
    grant select (stream_id, seq, town_id, created_at, delivered_at) on outbox to app_staff;
    grant select, update on outbox to app_relay;
  `.execute(db);
}

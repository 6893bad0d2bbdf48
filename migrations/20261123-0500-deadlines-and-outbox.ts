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

  // What the relay may know beyond the outbox: streams, instants, the demo clock. Never a case's content.
  await sql`
    create function late_streams(late_ms bigint) returns table (stream_id text, town_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select distinct step.stream_id, step.town_id from step join town on town.id = step.town_id
      where step.state = 'pending'
        and step.at < clock_timestamp() + make_interval(secs => (town.clock_offset_ms - late_ms) / 1000.0)
    $$;
    create function next_instants(in_town uuid, in_from timestamptz, in_until timestamptz)
      returns table (at timestamptz, stream_id text)
      language sql stable security definer set search_path = public, pg_temp as $$
      with first as (
        select least(
          (select min(step.at) from step where step.town_id = in_town and step.state = 'pending' and step.at <= in_until),
          (select min(not_before) from mail where mail.town_id = in_town and mail.state = 'queued' and not_before > in_from and not_before <= in_until)
        ) as at)
      select first.at, step.stream_id from first left join step
        on step.town_id = in_town and step.state = 'pending' and step.at <= first.at
      where first.at is not null
    $$;
    create function unfinished_before(in_town uuid, in_at timestamptz) returns table (steps bigint, signals bigint, mails bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select (select count(*) from step where step.town_id = in_town and step.state = 'pending' and step.at <= in_at),
             (select count(*) from stream where stream.town_id = in_town and acked_seq < last_seq),
             (select count(*) from mail where mail.town_id = in_town and (mail.state = 'sending' or (mail.state = 'queued' and not_before <= in_at)))
    $$;
    create function advance_clock(in_town uuid, in_to timestamptz) returns bigint
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare result bigint;
      begin
        update town set clock_offset_ms = greatest(clock_offset_ms, ceil(extract(epoch from in_to - clock_timestamp()) * 1000)::bigint)
          where id = in_town and is_demo returning clock_offset_ms into result;
        if result is null then raise exception 'clock_moves_only_in_demo' using errcode = '23514'; end if;
        return result;
      end $$;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// Runtime roles own nothing. Whoever runs this acts as passerelle_owner (see src/db/migrate.ts), which owns every table and
// function. Row-level security is forced, so that even the owner needs a policy: `owner_all`, used by security-definer functions.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function app_town() returns uuid language sql stable
      return nullif(current_setting('app.town', true), '')::uuid;
    create function app_case() returns uuid language sql stable
      return nullif(current_setting('app.case', true), '')::uuid;
    create function app_person() returns uuid language sql stable
      return nullif(current_setting('app.person', true), '')::uuid;

    create table town (
      id uuid primary key default gen_random_uuid(),
      slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
      name text not null,
      hosts text[] not null default '{}',
      time_zone text not null default 'Europe/Paris',
      is_demo boolean not null default false,
      clock_offset_ms bigint not null default 0,
      holiday_zone text not null default 'metropole' check (holiday_zone in ('metropole', 'alsace-moselle')),
      whit_monday_worked boolean not null default false,
      service jsonb not null,
      kid text not null,
      key_check bytea not null,
      created_at timestamptz not null default clock_timestamp(),
      constraint clock_moves_only_in_demo check (clock_offset_ms >= 0 and (is_demo or clock_offset_ms = 0))
    );

    create function town_clock_only_grows() returns trigger language plpgsql as $$
    begin
      if new.clock_offset_ms < old.clock_offset_ms then
        raise exception 'clock_only_grows' using errcode = '23514';
      end if;
      return new;
    end $$;
    create trigger clock_only_grows before update of clock_offset_ms on town
      for each row execute function town_clock_only_grows();

    create table town_opening (
      town_id uuid not null references town,
      weekday smallint not null check (weekday between 1 and 7),
      opens time not null,
      closes time not null check (closes > opens),
      primary key (town_id, weekday, opens)
    );
    create table town_closure (
      town_id uuid not null references town,
      from_day date not null,
      to_day date not null check (to_day >= from_day),
      label text not null,
      primary key (town_id, from_day)
    );
    create table ladder (
      town_id uuid not null references town,
      kind text not null,
      target_unit text not null check (target_unit in ('working_day', 'calendar_day', 'month', 'open_hour', 'now')),
      target_n integer not null check (target_n >= 0),
      waits_for text not null check (waits_for in ('leader', 'deputy', 'mediator', 'requester', 'service')),
      pausable boolean not null,
      primary key (town_id, kind)
    );
    create table ladder_step (
      town_id uuid not null,
      kind text not null,
      ordinal smallint not null,
      anchor text not null check (anchor in ('opened', 'due')),
      offset_unit text not null check (offset_unit in ('working_day', 'calendar_day', 'month', 'open_hour', 'now')),
      offset_n integer not null,
      audience text not null check (audience in ('leader', 'deputy', 'mediator', 'requester', 'service')),
      action text not null check (action in ('remind', 'escalate', 'return_assignment', 'close_incomplete', 'ask_leader', 'nightly')),
      template text not null,
      primary key (town_id, kind, ordinal),
      foreign key (town_id, kind) references ladder
    );

    create table case_number (
      town_id uuid not null references town,
      year integer not null,
      last integer not null,
      primary key (town_id, year)
    );
  `.execute(db);

  // The town's row is readable by every runtime role: a page needs the phone number before anything else is known.
  await sql`
    create function next_case_number(in_town uuid, in_year integer) returns integer
      language sql volatile security definer set search_path = public, pg_temp as $$
      insert into case_number values (in_town, in_year, 1)
        on conflict (town_id, year) do update set last = case_number.last + 1
        returning last
    $$;

    create function town_clock_offset(in_town uuid) returns bigint
      language sql stable security definer set search_path = public, pg_temp as $$
      select clock_offset_ms from town where id = in_town
    $$;
    create function business_now(in_town uuid) returns timestamptz
      language sql volatile security definer set search_path = public, pg_temp as $$
      select clock_timestamp() + make_interval(secs => clock_offset_ms / 1000.0) from town where id = in_town
    $$;
    revoke execute on all functions in schema public from public;
    grant execute on function app_town(), app_case(), app_person() to app_public, app_staff, app_worker, app_relay;
    grant execute on function next_case_number(uuid, integer) to app_public, app_staff;
    grant execute on function town_clock_offset(uuid), business_now(uuid) to app_entry, app_public, app_staff, app_worker, app_relay;

    grant select on town, town_opening, town_closure, ladder, ladder_step to app_public, app_staff, app_worker;
    grant select (id, slug, is_demo, clock_offset_ms) on town to app_relay;
  `.execute(db);

  await sql`
    alter table town enable row level security;
    alter table town force row level security;
    create policy owner_all on town to passerelle_owner using (true) with check (true);
    create policy readable on town for select to app_public, app_staff, app_worker, app_relay using (true);

    alter table town_opening enable row level security;
    alter table town_opening force row level security;
    create policy owner_all on town_opening to passerelle_owner using (true) with check (true);
    create policy own_town on town_opening for select to app_public, app_staff, app_worker using (true);

    alter table town_closure enable row level security;
    alter table town_closure force row level security;
    create policy owner_all on town_closure to passerelle_owner using (true) with check (true);
    create policy own_town on town_closure for select to app_public, app_staff, app_worker using (true);

    alter table ladder enable row level security;
    alter table ladder force row level security;
    create policy owner_all on ladder to passerelle_owner using (true) with check (true);
    create policy own_town on ladder for select to app_public, app_staff, app_worker using (true);

    alter table ladder_step enable row level security;
    alter table ladder_step force row level security;
    create policy owner_all on ladder_step to passerelle_owner using (true) with check (true);
    create policy own_town on ladder_step for select to app_public, app_staff, app_worker using (true);

    alter table case_number enable row level security;
    alter table case_number force row level security;
    create policy owner_all on case_number to passerelle_owner using (true) with check (true);
  `.execute(db);
}

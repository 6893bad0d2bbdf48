import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The chain is made by the database, so that no role can write a line without it (P-14, C-14, line 7 of architecture.md).
  await sql`
    create table case_event (
      case_id uuid not null references mediation_case,
      seq integer not null check (seq > 0),
      town_id uuid not null references town,
      at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      actor text not null check (actor in ('requester', 'staff', 'timer', 'service')),
      person_id uuid,
      code text not null check (code ~ '^[a-z_]{2,60}$'),
      data jsonb not null default '{}',
      prev_hash bytea not null default ''::bytea,
      hash bytea not null default ''::bytea,
      primary key (case_id, seq)
    );

    create function case_event_text(e case_event) returns text
      language sql immutable set search_path = public, pg_temp as $$
      select concat_ws('|', e.case_id, e.seq, e.town_id,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        e.actor, coalesce(e.person_id::text, '-'), e.code, e.data::text)
    $$;
    create function chain_case_event() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        new.recorded_at := clock_timestamp();
        if new.seq = 1 then
          new.prev_hash := sha256(convert_to(new.case_id::text, 'UTF8'));
        else
          select hash into strict new.prev_hash from case_event where case_id = new.case_id and seq = new.seq - 1;
        end if;
        new.hash := sha256(new.prev_hash || convert_to(case_event_text(new), 'UTF8'));
        return new;
      end $$;
    create trigger chain before insert on case_event for each row execute function chain_case_event();
    create function journal_is_append_only() returns trigger language plpgsql as $$
      begin raise exception 'journal_is_append_only' using errcode = '42501'; end $$;
    create trigger append_only before update or delete on case_event
      for each row execute function journal_is_append_only();
    create trigger no_truncate before truncate on case_event execute function journal_is_append_only();

    alter table case_event enable row level security;
    alter table case_event force row level security;
    create policy owner_all on case_event to passerelle_owner using (true) with check (true);
    create policy staff on case_event to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town());
    create policy requester on case_event for insert to app_public with check (case_id = app_case() and town_id = app_town());
    create policy worker on case_event to app_worker using (town_id = app_town()) with check (town_id = app_town());
    grant select, insert on case_event to app_staff, app_worker;
    grant insert on case_event to app_public;

    create function first_broken_event(in_case uuid) returns integer
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare e case_event; expected bytea := sha256(convert_to(in_case::text, 'UTF8')); n integer := 0;
      begin
        for e in select * from case_event where case_id = in_case order by seq loop
          n := n + 1;
          if e.seq <> n or e.prev_hash <> expected
             or e.hash <> sha256(e.prev_hash || convert_to(case_event_text(e), 'UTF8')) then
            return n;
          end if;
          expected := e.hash;
        end loop;
        return null;
      end $$;
    revoke execute on function case_event_text(case_event), chain_case_event(), first_broken_event(uuid) from public;
    grant execute on function first_broken_event(uuid) to app_worker, app_staff;
  `.execute(db);

  // Reads: one row per page view (R88), monthly partitions by business time, dropped at 12 months by `daily`.
  await sql`
    create table case_read (
      id uuid not null default gen_random_uuid(),
      town_id uuid not null references town,
      person_id uuid not null references person,
      case_id uuid,
      kind text not null check (kind in ('case_viewed', 'list_viewed', 'journal_viewed')),
      groups text[] not null default '{}',
      at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      primary key (id, at)
    ) partition by range (at);
    create table case_read_other partition of case_read default;
    create index read_by_case on case_read (case_id, at desc);
    create trigger append_only before update on case_read for each row execute function journal_is_append_only();

    alter table case_read enable row level security;
    alter table case_read force row level security;
    create policy owner_all on case_read to passerelle_owner using (true) with check (true);
    create policy staff_inserts on case_read for insert to app_staff with check (town_id = app_town() and person_id = app_person());
    create policy leader_reads on case_read for select to app_staff
      using (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    grant select, insert on case_read to app_staff;

    create table journal_seal (
      town_id uuid not null references town,
      day date not null,
      kind text not null check (kind in ('changes', 'reads')),
      lines bigint not null,
      seal bytea not null,
      sealed_at timestamptz not null,
      primary key (town_id, day, kind)
    );
    alter table journal_seal enable row level security;
    alter table journal_seal force row level security;
    create policy owner_all on journal_seal to passerelle_owner using (true) with check (true);
    create policy worker on journal_seal for select to app_worker using (town_id = app_town());
    create trigger append_only before update or delete on journal_seal
      for each row execute function journal_is_append_only();
    grant select on journal_seal to app_worker;

    create function make_read_partitions(from_month date, months integer) returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare m date; made integer := 0; part text;
      begin
        for i in 0 .. months - 1 loop
          m := (date_trunc('month', from_month) + make_interval(months => i))::date;
          part := 'case_read_' || to_char(m, 'YYYY_MM');
          if to_regclass('public.' || part) is null
             and not exists (select 1 from case_read_other where at >= m and at < m + interval '1 month') then
            execute format('create table %I partition of case_read for values from (%L) to (%L)', part, m, (m + interval '1 month')::date);
            made := made + 1;
          end if;
        end loop;
        return made;
      end $$;
    create function drop_read_partitions(before_month date) returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare part text; dropped integer := 0;
      begin
        for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                    where i.inhparent = 'case_read'::regclass and c.relname ~ '^case_read_[0-9]{4}_[0-9]{2}$'
                      and to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', before_month) loop
          execute format('drop table %I', part);
          dropped := dropped + 1;
        end loop;
        delete from case_read_other where at < date_trunc('month', before_month);
        return dropped;
      end $$;
    create function seal_day(in_town uuid, in_day date, from_at timestamptz, to_at timestamptz, sealed timestamptz) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        insert into journal_seal
          select in_town, in_day, 'changes', coalesce(sum(seq), 0),
                 sha256(convert_to(coalesce(string_agg(case_id::text || ':' || seq || ':' || encode(hash, 'hex'), ',' order by case_id), ''), 'UTF8')), sealed
          from (select distinct on (case_id) case_id, seq, hash from case_event
                where town_id = in_town order by case_id, seq desc) heads
          on conflict do nothing;
        insert into journal_seal
          select in_town, in_day, 'reads', count(*),
                 sha256(convert_to(coalesce(string_agg(concat_ws(':', id, person_id, case_id, kind, extract(epoch from at)), ',' order by at, id), ''), 'UTF8')), sealed
          from case_read where town_id = in_town and at >= from_at and at < to_at
          on conflict do nothing;
      end $$;
    revoke execute on function make_read_partitions(date, integer), drop_read_partitions(date),
      seal_day(uuid, date, timestamptz, timestamptz, timestamptz) from public;
    grant execute on function make_read_partitions(date, integer), drop_read_partitions(date),
      seal_day(uuid, date, timestamptz, timestamptz, timestamptz) to app_worker;
    select make_read_partitions(current_date, 4);
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
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
      revoke execute on function late_streams(bigint), next_instants(uuid, timestamptz, timestamptz),
      unfinished_before(uuid, timestamptz), advance_clock(uuid, timestamptz) from public;
    grant execute on function late_streams(bigint), next_instants(uuid, timestamptz, timestamptz),
      unfinished_before(uuid, timestamptz), advance_clock(uuid, timestamptz) to app_relay;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// What a workflow knows of its stream since it last read it, and the changes after which it would wait just as it waits now: those are
// acknowledged in its place, and nobody signals them (docs/decisions/0022).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table stream add column read_state text, add column read_closed boolean, add column read_next timestamptz;
    grant update (read_state, read_closed, read_next) on stream to app_worker;
    create or replace function read_stream(in_town uuid, in_stream text)
      returns table (last_seq integer, closed boolean, offset_ms bigint, case_state text, request_state text, step_id uuid, step_at timestamptz)
      language plpgsql volatile security invoker as $$
      begin
        perform set_config('role', 'app_worker', true), set_config('app.town', in_town::text, true);
        perform 1 from stream s where s.id = in_stream and s.town_id = in_town for update;
        return query
          with found as (
            select s.id, c.state as of_case, r.state as of_request, next.id as next_id, next.at as next_at
            from stream s
            left join mediation_case c on c.id = s.subject_id
            left join partner_request r on r.id = s.subject_id
            left join lateral (
              select step.id, step.at from step where step.stream_id = s.id and step.state = 'pending'
              order by step.at, step.ordinal, step.id limit 1
            ) next on true
            where s.id = in_stream and s.town_id = in_town
          ), seen as (
            update stream s set acked_seq = s.last_seq, acked_at = clock_timestamp(),
              read_state = coalesce(found.of_case, found.of_request), read_closed = s.closed, read_next = found.next_at
            from found where s.id = found.id
            returning s.last_seq, s.closed, found.of_case, found.of_request, found.next_id, found.next_at
          )
          select seen.last_seq, seen.closed, town_clock_offset(in_town), of_case, of_request, next_id, next_at from seen;
      end $$;
    -- A stream that is locked is being changed or read at this moment: it is signalled as ever. So is one with a step that is due: where a
    -- clock is moved, a workflow that waits for a step somebody has settled does not know that its hour has passed.
    create function quiet_changes(in_streams text[], in_seqs integer[]) returns setof text
      language sql volatile security definer set search_path = public, pg_temp as $$
      with known as (
        select s.id, q.seq, s.subject_id, s.read_state, s.read_next
        from stream s join unnest(in_streams, in_seqs) as q(id, seq) on q.id = s.id
        where s.acked_seq > 0 and s.acked_seq = q.seq - 1 and s.read_closed = s.closed
        for update of s skip locked
      )
      update stream s set acked_seq = known.seq, acked_at = clock_timestamp()
      from known
      left join mediation_case c on c.id = known.subject_id
      left join partner_request r on r.id = known.subject_id
      left join lateral (
        select min(step.at) as at from step where step.stream_id = known.id and step.state = 'pending'
      ) next on true
      where s.id = known.id and known.read_state is not distinct from coalesce(c.state, r.state)
        and ((next.at >= known.read_next and next.at > business_now(s.town_id)) or (next.at is null and known.read_next is null))
      returning s.id
    $$;
    revoke execute on function quiet_changes(text[], integer[]) from public;
    grant execute on function quiet_changes(text[], integer[]) to app_relay;
  `.execute(db);
}

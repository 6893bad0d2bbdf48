import { type Kysely, sql } from 'kysely';

// What a workflow reads of its stream, as one statement that is its own transaction (docs/decisions/0021). With the rights of whoever calls:
// a login that may not take the worker's role is refused by the first line. Volatile, so that each inner statement takes a snapshot of its
// own and the lock comes before what is read (docs/decisions/0004).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function read_stream(in_town uuid, in_stream text)
      returns table (last_seq integer, closed boolean, offset_ms bigint, case_state text, request_state text, step_id uuid, step_at timestamptz)
      language plpgsql volatile security invoker as $$
      begin
        perform set_config('role', 'app_worker', true), set_config('app.town', in_town::text, true);
        perform 1 from stream s where s.id = in_stream and s.town_id = in_town for update;
        return query
          with seen as (
            update stream s set acked_seq = s.last_seq, acked_at = clock_timestamp()
            where s.id = in_stream and s.town_id = in_town
            returning s.id, s.last_seq, s.closed, s.subject_id
          )
          select seen.last_seq, seen.closed, town_clock_offset(in_town), c.state, r.state, next.id, next.at
          from seen
          left join mediation_case c on c.id = seen.subject_id
          left join partner_request r on r.id = seen.subject_id
          left join lateral (
            select step.id, step.at from step where step.stream_id = seen.id and step.state = 'pending'
            order by step.at, step.ordinal, step.id limit 1
          ) next on true;
      end $$;
    revoke execute on function read_stream(uuid, text) from public;
    -- Logins inherit nothing but app_entry; the first line of the function is the lock of this door.
    grant execute on function read_stream(uuid, text) to app_entry;
  `.execute(db);
}

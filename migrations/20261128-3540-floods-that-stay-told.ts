import { type Kysely, sql } from 'kysely';

// B-39: whoever sent the request that the group task stands on may withdraw it; the next request of the flood then begins the task again.
// Whether one stands is read in a statement of its own: it sees what the request before this one left, for which the count has waited.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop function count_at_place(text, timestamptz);
    -- How many about this place in the hour that runs, this one counted, and whether somebody is asked to read them together. A resident's role
    -- reads and writes no other request. case_by_flood and deadline_by_case serve it.
    create function count_at_place(in_place text, in_now timestamptz, out flood_id uuid, out requests integer, out has_task boolean)
      language sql volatile security definer set search_path = public, pg_temp as $$
      insert into place_flood as f (town_id, place, id, began_at, requests)
      values (app_town(), in_place, gen_random_uuid(), in_now, 1)
      on conflict (town_id, place) do update set
        id = case when f.began_at <= in_now - interval '1 hour' then excluded.id else f.id end,
        began_at = case when f.began_at <= in_now - interval '1 hour' then in_now else f.began_at end,
        requests = case when f.began_at <= in_now - interval '1 hour' then 1 else f.requests + 1 end;
      select f.id, f.requests, exists (
        select 1 from mediation_case c join deadline d on d.case_id = c.id
        where c.flood_id = f.id and d.kind = 'task_grouped_requests' and d.state = 'open')
      from place_flood f where f.town_id = app_town() and f.place = in_place
    $$;
    revoke all on function count_at_place(text, timestamptz) from public;
    grant execute on function count_at_place(text, timestamptz) to app_public;
  `.execute(db);
}

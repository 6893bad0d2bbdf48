import { type Kysely, sql } from 'kysely';

// B-39, C-9: many requests about one place within an hour are all accepted, and reviewed together. What is counted is a place and an hour,
// nothing about anybody; a request knows the flood it came with.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table place_flood (
      town_id uuid not null references town,
      place text not null check (length(place) <= 120),
      id uuid not null,
      began_at timestamptz not null,
      requests integer not null,
      primary key (town_id, place)
    );
    alter table place_flood enable row level security;
    alter table place_flood force row level security;
    create policy owner_all on place_flood to passerelle_owner using (true) with check (true);

    alter table mediation_case add flood_id uuid;
    -- The requests that came together, counted on the worklist and listed.
    create index case_by_flood on mediation_case (flood_id) where flood_id is not null;

    -- How many about this place in the hour that runs, this one counted. A resident's role reads and writes no other request.
    create function count_at_place(in_place text, in_now timestamptz, out flood_id uuid, out requests integer)
      language sql volatile security definer set search_path = public, pg_temp as $$
      insert into place_flood as f (town_id, place, id, began_at, requests)
      values (app_town(), in_place, gen_random_uuid(), in_now, 1)
      on conflict (town_id, place) do update set
        id = case when f.began_at <= in_now - interval '1 hour' then excluded.id else f.id end,
        began_at = case when f.began_at <= in_now - interval '1 hour' then in_now else f.began_at end,
        requests = case when f.began_at <= in_now - interval '1 hour' then 1 else f.requests + 1 end
      returning f.id, f.requests
    $$;
    revoke all on function count_at_place(text, timestamptz) from public;
    grant execute on function count_at_place(text, timestamptz) to app_public;
  `.execute(db);
}

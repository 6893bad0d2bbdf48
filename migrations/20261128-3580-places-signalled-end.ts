import { type Kysely, sql } from 'kysely';

// A place pointed out without a name is kept 24 months, then only counted (spec §3.5). The night deletes it whole: what was written goes with the key
// that opens it. The worker sees what it counts, never what was written. Figures will come from the counts; no role of the application reads them yet.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table observation_count (
      town_id uuid not null references town,
      month date not null check (extract(day from month) = 1),
      quarter_code text,
      place_type text,
      domain text not null,
      channel text not null,
      observations integer not null check (observations > 0),
      foreign key (town_id, quarter_code) references quarter,
      -- Each night adds to what was counted before.
      unique nulls not distinct (town_id, month, quarter_code, place_type, domain, channel)
    );
    alter table observation_count enable row level security;
    alter table observation_count force row level security;
    create policy owner_all on observation_count to passerelle_owner using (true) with check (true);
    create policy nightly on observation_count to app_worker using (town_id = app_town()) with check (town_id = app_town());
    grant select, insert, update (observations) on observation_count to app_worker;

    create policy nightly_seen on field_observation for select to app_worker using (town_id = app_town());
    create policy nightly_gone on field_observation for delete to app_worker using (town_id = app_town());
    grant select (town_id, quarter_code, place_type, domain, channel, observed_at), delete on field_observation to app_worker;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// A partner's contact says when it is away: its steps of the ladder go to the next person (spec §4.4). And, in a demonstration town only,
// the thirty stories being told, with where they are.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create policy own on contact_absence to app_partner using (contact_id = app_contact()) with check (contact_id = app_contact() and town_id = app_town());
    grant select, insert, delete on contact_absence to app_partner;

    create table story_run (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      state text not null default 'running' check (state in ('running', 'told', 'stopped')),
      told integer not null default 0,
      of_stories integer not null,
      telling text,
      reason text,
      endings jsonb not null default '[]',
      started_at timestamptz not null default clock_timestamp(),
      beat_at timestamptz not null default clock_timestamp()
    );
    create unique index one_telling_at_a_time on story_run (town_id) where state = 'running';
    alter table story_run enable row level security;
    alter table story_run force row level security;
    create policy owner_all on story_run to passerelle_owner using (true) with check (true);
    create policy demo_page on story_run to app_public
      using (town_id = app_town())
      with check (town_id = app_town() and exists (select 1 from town where town.id = town_id and is_demo));
    grant select, insert, update on story_run to app_public;
  `.execute(db);
}

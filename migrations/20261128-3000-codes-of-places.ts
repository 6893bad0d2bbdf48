import { type Kysely, sql } from 'kysely';

// A short code on the poster of a hall or a desk opens the form with that place chosen (R35). It names a place and nothing else, so it is no
// secret; it looks like chance so that nobody takes it for an order. No vowels: it never spells a word.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function new_place_code() returns text language sql volatile as $$
      select string_agg(substr('BCDFGHJKMNPQRTVWXY346789', 1 + floor(random() * 24)::integer, 1), '') from generate_series(1, 6)
    $$;
    revoke execute on function new_place_code() from public;
    alter table place add column code text not null default new_place_code() check (code ~ '^[A-Z0-9]{4,12}$');
    -- Also serves the look-up of a poster's code within its town.
    alter table place add constraint one_place_of_a_code unique (town_id, code);
  `.execute(db);
}

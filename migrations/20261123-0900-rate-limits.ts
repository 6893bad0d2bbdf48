import { type Kysely, sql } from 'kysely';

// Counters of src/limits: a keyed hash, how often, until when (ms, real time). Names and order of the columns are those that
// rate-limiter-flexible writes. Unlogged: in no backup, and empty after a crash. Held by the role every login inherits, so that a
// limit costs one statement and no transaction; there is nothing in it about a town or a person.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table rate_limit (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    );
    alter table rate_limit enable row level security;
    alter table rate_limit force row level security;
    create policy owner_all on rate_limit to passerelle_owner using (true) with check (true);
    create policy counters on rate_limit to app_entry using (true) with check (true);
    grant select, insert, update, delete on rate_limit to app_entry;
  `.execute(db);
}

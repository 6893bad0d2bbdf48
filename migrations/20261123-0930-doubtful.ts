import { type Kysely, sql } from 'kysely';

// A form filled as no person fills it is accepted like any other, and pointed out to the team (C-9, B-38).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mediation_case add doubtful boolean not null default false`.execute(db);
}

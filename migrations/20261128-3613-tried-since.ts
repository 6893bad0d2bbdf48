import { type Kysely, sql } from 'kysely';

// F-22: « not now » for a day is left to a person. The day is counted from the first try: when a mail may leave moves to the next opening each
// time it meets a closed hour, so that by it no day ever passed.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mail add column tried_since timestamptz`.execute(db);
}

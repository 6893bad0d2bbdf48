import { type Kysely, sql } from 'kysely';

// Item 4 of F3 is repeatable: what a party allows later stands beside what it agreed to first, with its own day (R103).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table agreement_item add column added_at timestamptz`.execute(db);
}

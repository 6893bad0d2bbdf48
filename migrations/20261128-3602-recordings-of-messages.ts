import { type Kysely, sql } from 'kysely';

// R97: which recording a message came with, or was; both stand on one page, and the recording has its own checks and its own end.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table case_message add column voice_id uuid references attachment;
    alter table party_message add column voice_id uuid references attachment;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// T35: what a closing that was a mistake asked of partners is asked no more, as for people; the true end asks anew.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant delete on partner_questionnaire to app_staff`.execute(db);
}

import { type Kysely, sql } from 'kysely';

// The language in which the other party reads us (mails follow it, like those of whoever asked), and « call me with an interpreter » said by
// the people themselves (R101).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table party add column ui_language text;
    grant update (ui_language, interpreter) on party to app_party;
    grant update (interpreter) on party to app_public;
    grant update (interpreter) on mediation_case to app_public;
    grant update (spoken_language) on case_identity to app_public;
    grant update (spoken_language) on party_identity to app_party;
  `.execute(db);
}

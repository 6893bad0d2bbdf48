import { type Kysely, sql } from 'kysely';

// R21: the tension felt when the closing is proposed, by whoever proposes it; nothing where it is not known. How each side stands then is a
// `relation_mark` of the stage `closing` (R10, R16).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table closing_proposal add column tension smallint check (tension between 1 and 4);
  `.execute(db);
}

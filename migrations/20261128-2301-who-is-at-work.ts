import { type Kysely, sql } from 'kysely';

// Who is at work, and whether mails or changes of the town wait too long, is asked before anybody has entered: by each page and each act
// of the team, in one statement (docs/decisions/0021). Two words about a town; nothing of a case.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant execute on function waiting_too_long(uuid) to app_entry`.execute(db);
}

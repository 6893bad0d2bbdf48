import { type Kysely, sql } from 'kysely';

// message_id is made of the town and the dedupe key, which is unique already. A second index on the same thing raced: two steps that
// open a person's mail of the day at once met it before the key's own, and the second failed instead of joining.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mail drop constraint mail_message_id_key`.execute(db);
}

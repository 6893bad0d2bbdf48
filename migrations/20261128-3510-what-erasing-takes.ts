import { type Kysely, sql } from 'kysely';

// What somebody sent is theirs to have erased (R82; GDPR art. 17): recordings go with the messages, photos and documents are a choice of their
// own. The leader erases them with the answer. Whoever works on a case says of a file that it was opened or erased, never that it was looked at (T-33).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rights_request drop constraint rights_request_erased_check;
    alter table rights_request add constraint rights_request_erased_check
      check (erased <@ array['story', 'messages', 'files', 'email', 'contact']);
    create policy opened_or_erased on attachment as restrictive for update to app_staff using (true) with check (state in ('checked', 'erased'));
    grant update (state, name, next_check_at) on attachment to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// Why an answer took longer goes with the other words of a request about somebody's data (§3.5): that it did, and when, stays. As before, a request
// is made longer with a reason: the command asks for it.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rights_request drop constraint longer_once_with_a_reason;
    alter table rights_request add constraint a_reason_for_being_longer check (extension_reason is null or extended_at is not null);
    grant update (extension_reason) on rights_request to app_worker;
    -- Words of people who are gone already.
    update rights_request r set copy = null, about = null, answer = null, extension_reason = null
    from party_identity i where i.party_id = r.party_id and i.erased_at is not null and r.state not in ('received', 'extended');
  `.execute(db);
}

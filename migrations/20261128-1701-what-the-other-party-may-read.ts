import { type Kysely, sql } from 'kysely';

// The other party's role reads what its own pages and acts need, and no more (docs/decisions/0011, spec §3.3): the sessions it is invited to; of the
// waits of a case what it takes to end them, nothing of why a case rests; not whether a minor is in it. Whether a danger was said, and
// until when it is decided on, is asked by the act that says one.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop policy guests on mediation_session;
    create policy guests on mediation_session for select to app_public, app_party
      using (case_id = app_case() and id in (select session_id from session_party));
    revoke update on mediation_session from app_public, app_party;
    -- A column's own grant stays when the table's is taken back: each is named.
    revoke update (state, settled_at, sequence) on mediation_session from app_public, app_party;

    revoke select (minor) on mediation_case from app_party;

    revoke select on deadline, step from app_party;
    grant select (id, town_id, stream_id, case_id, kind, state, reason, party_id, due_at) on deadline to app_party;
    grant select (id, town_id, stream_id, case_id, deadline_id, state, template) on step to app_party;

    revoke select on suspension from app_public, app_party, app_partner;
    revoke update (ended_at, until_day) on suspension from app_public, app_party;
    grant select (case_id, ended_at), update (ended_at) on suspension to app_public;
    drop policy guests on suspension;
  `.execute(db);
}

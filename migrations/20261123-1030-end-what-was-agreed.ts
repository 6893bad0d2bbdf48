import { type Kysely, sql } from 'kysely';

// Whoever withdraws ends what everybody agreed to in this case, also what that role may not read: one function, for one case in sight.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function end_what_was_agreed(in_case uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update agreement_item set withdrawn_at = business_now(app_town())
      where case_id = in_case and town_id = app_town() and withdrawn_at is null
        and (in_case = app_case() or app_person() is not null)
    $$;
    revoke execute on function end_what_was_agreed(uuid) from public;
    grant execute on function end_what_was_agreed(uuid) to app_public, app_staff;

    -- T29 by the person with the code: a new cycle.
    grant update (cycle) on mediation_case to app_public;

    alter table deadline drop constraint deadline_kind_check;
    alter table deadline add constraint deadline_kind_check check (kind ~ '^[a-z0-9_]{2,40}$');

    -- A try to reach somebody may be a try to reach the other party.
    alter table contact_attempt add column party_id uuid references party;

    -- T8: the request this one joined. Nobody who follows it sees the other (no identity crosses).
    alter table mediation_case add column merged_into uuid references mediation_case;
    grant update (merged_into) on mediation_case to app_staff;
  `.execute(db);
}

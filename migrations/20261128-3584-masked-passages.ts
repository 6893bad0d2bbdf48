import { type Kysely, sql } from 'kysely';

// A passage that should not be there is masked by whoever leads the case (R79): what stood there is written over, in the text and in every copy that was
// made of it (decision 0033). The message stays, and whose it is; nobody of the team writes in anybody's words otherwise.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function leads_case(in_case uuid) returns boolean
      language sql stable set search_path = public, pg_temp as $$
      select exists (select 1 from mediation_case c where c.id = in_case
        and (c.team_id = any (app_teams()) or (c.team_id is null and app_leads()) or c.id = any (app_granted_cases())))
    $$;
    revoke execute on function leads_case(uuid) from public;
    grant execute on function leads_case(uuid) to app_staff;
    create policy masked_by_who_leads on case_message as restrictive for update to app_staff using (leads_case(case_id));
    create policy masked_by_who_leads on party_message as restrictive for update to app_staff using (leads_case(case_id));
    grant update (body) on case_message, party_message to app_staff;
  `.execute(db);
}

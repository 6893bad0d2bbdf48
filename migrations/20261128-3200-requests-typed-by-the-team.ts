import { type Kysely, sql } from 'kysely';

// A person at work types in what somebody says by phone, at the desk, in the street or on paper (R27, R28). Who types writes the case in one
// statement and, unless it is theirs to see, reads nothing of it afterwards. A name or a code is taken for a case that does not exist yet and
// for no other: nobody of the team can put a code of their own on a case.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function case_begins(in_case uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select in_case = app_case() and not exists (select 1 from mediation_case where id = in_case)
    $$;
    revoke execute on function case_begins(uuid) from public;
    grant execute on function case_begins(uuid) to app_staff;

    create policy begun_here on mediation_case as restrictive for insert to app_staff
      with check (case_begins(id) and state = 'received' and channel in ('phone', 'desk', 'paper', 'street'));
    create policy begun_here on case_identity for insert to app_staff with check (case_begins(case_id) and town_id = app_town());
    create policy begun_here on case_story for insert to app_staff with check (case_begins(case_id) and town_id = app_town());
    create policy begun_here on case_situation for insert to app_staff with check (case_begins(case_id) and town_id = app_town());
    create policy begun_here on party for insert to app_staff
      with check (case_begins(case_id) and town_id = app_town() and side = 'requester');
    create policy begun_here on relation_mark for insert to app_staff with check (case_begins(case_id) and town_id = app_town());
    create policy begun_here on access for insert to app_staff
      with check (case_begins(case_id) and town_id = app_town() and purpose = 'case_code');
    grant insert on mediation_case, case_identity, case_story, case_situation, access to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// F3: who spoke for an institution or for a minor stands on the agreement itself, and each share says how it was allowed. The team corrects a
// contact it typed wrongly, and ends the code of a party added by mistake. Once a party's contact is erased (§3.5), its words and the names
// beside them go too.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table agreement add column representative bytea;
    alter table agreement add column legal_representative bytea;
    alter table agreement_item add column mode text check (mode in ('written', 'oral', 'code'));
    grant update (representative, legal_representative) on agreement to app_staff, app_public, app_party, app_worker;
    grant update (interpreter_ref) on agreement to app_worker;
    grant update (said, purpose) on agreement_item to app_worker;
    grant update (kind, organisation_id) on party to app_staff;
    create policy ends_a_party_code on access for update to app_staff
      using (purpose in ('party_code', 'party_session') and exists (select 1 from mediation_case c where c.id = case_id))
      with check (purpose in ('party_code', 'party_session') and town_id = app_town() and ended_at is not null);
  `.execute(db);
}

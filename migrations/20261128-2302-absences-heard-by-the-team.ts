import { type Kysely, sql } from 'kysely';

// R5: the team hears by phone that somebody of an organisation it asked is away. It may note that of those it asked on its own cases, of
// nobody else; the row-level security of partner_request says which. Only the person takes it back.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create policy of_an_organisation_asked on contact_absence for insert to app_staff
      with check (town_id = app_town() and exists (
        select 1 from organisation_contact c join partner_request r on r.organisation_id = c.organisation_id where c.id = contact_id));
    grant insert on contact_absence to app_staff;
  `.execute(db);
}

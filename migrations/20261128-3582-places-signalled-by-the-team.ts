import { type Kysely, sql } from 'kysely';

// A place told without a name at the desk, by phone, in the street or on paper is typed by somebody of the team: the same observation as on line, with
// its door, the day it was said, and whoever typed it. Residents name nobody and say no other door than theirs.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table field_observation add column entered_by uuid references person, add column said_on date;
    alter table field_observation add constraint typed_by_somebody
      check ((channel in ('phone', 'desk', 'paper', 'street')) = (entered_by is not null));
    -- A resident types for nobody of the team.
    create policy by_no_hand_of_the_team on field_observation as restrictive for insert to app_public with check (entered_by is null);
    create policy typed_by_the_team on field_observation for insert to app_staff
      with check (town_id = app_town() and entered_by = app_person());
    grant insert on field_observation to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// A mail may be for the other party, or for the contact of a partner organisation; subject_id names what it speaks of inside the case
// (a session, a request to a partner, a questionnaire). A wait may be for one party among several.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table mail add column party_id uuid references party;
    alter table mail add column contact_id uuid references organisation_contact;
    alter table mail add column subject_id uuid;
    alter table mail drop constraint one_recipient;
    alter table mail add constraint one_recipient
      check (num_nonnulls(person_id, party_id, contact_id) <= 1 and num_nonnulls(person_id, contact_id, case_id) > 0);
    create unique index one_reminder_a_day_of_a_contact on mail (contact_id, reminder_day) where reminder_day is not null and contact_id is not null;
    alter table mail_item add column subject_id uuid;
    drop policy requester on mail;
    create policy requester on mail to app_public using (case_id = app_case() and party_id is null and contact_id is null)
      with check (town_id = app_town());
    create policy own on mail to app_party using (party_id = app_party_id()) with check (party_id = app_party_id() and town_id = app_town());
    grant select, insert on mail to app_party;
    grant update (state, next_attempt_at) on mail to app_party;

    alter table deadline add column party_id uuid references party;
    drop index one_open_wait_per_kind;
    create unique index one_open_wait_per_kind
      on deadline (stream_id, kind, coalesce(party_id, '00000000-0000-0000-0000-000000000000')) where state = 'open' and kind not like 'task\\_%';
  `.execute(db);
}

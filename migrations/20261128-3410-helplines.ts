import { type Kysely, sql } from 'kysely';

// Spec §4.11: the numbers of the safety page, a town's own settings. 17, 112 and 114 stay as they are, whoever writes. Rows come from
// `main migrate` and from the town's file: the list is code, and translated.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table helpline (
      town_id uuid not null references town,
      code text not null check (code ~ '^[a-z0-9-]{2,40}$'),
      number text not null check (number ~ '^[+]?[0-9][0-9 ]{1,18}$'),
      by text not null check (by in ('tel', 'sms')),
      list text not null check (list in ('emergency', 'talk')),
      audience text not null check (audience in ('everybody', 'children', 'couples')),
      who text check (length(who) between 1 and 480),
      hours text check (length(hours) between 1 and 480),
      shown boolean not null default true,
      ordinal integer not null check (ordinal between 0 and 999),
      checked_on date,
      primary key (town_id, code),
      constraint emergency_numbers_stay check (
        case code when 'police' then number = '17' and by = 'tel' and shown and list = 'emergency'
                  when 'europe' then number = '112' and by = 'tel' and shown and list = 'emergency'
                  when 'sms' then number = '114' and by = 'sms' and shown and list = 'emergency' else true end)
    );
    create table helpline_event (
      id bigint generated always as identity primary key,
      town_id uuid not null references town,
      person_id uuid not null references person,
      at timestamptz not null,
      recorded_at timestamptz not null default clock_timestamp(),
      code text not null,
      change jsonb not null
    );
    -- The last change of each number, on the settings page.
    create index helpline_event_by_code on helpline_event (town_id, code, id desc);

    do $$
    declare t text;
    begin
      foreach t in array array['helpline', 'helpline_event'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
      end loop;
    end $$;
    create function sets_helplines() returns boolean language sql stable
      return exists (select 1 from person_role r where r.person_id = app_person() and r.town_id = app_town() and r.role in ('coordinator', 'admin'));
    revoke execute on function sets_helplines() from public;
    grant execute on function sets_helplines() to app_staff;

    create policy own_town on helpline for select to app_public, app_staff using (town_id = app_town());
    create policy set_by_the_town on helpline for insert to app_staff with check (town_id = app_town() and sets_helplines());
    create policy changed_by_the_town on helpline for update to app_staff
      using (town_id = app_town() and sets_helplines()) with check (town_id = app_town() and sets_helplines());
    create policy own_entry on helpline_event for insert to app_staff
      with check (town_id = app_town() and person_id = app_person() and sets_helplines());
    create policy read_by_the_town on helpline_event for select to app_staff using (town_id = app_town() and sets_helplines());
    grant select on helpline to app_public, app_staff;
    grant insert on helpline to app_staff;
    grant update (number, audience, who, hours, shown, ordinal, checked_on) on helpline to app_staff;
    grant select, insert on helpline_event to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// Who may work here: a person joins an account of schema auth, loses access, gets it back. Written by an administrator of the same
// town only, through two functions, so that no statement of the web can change a name, an address or a role.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table account_event (
      id bigint generated always as identity primary key,
      town_id uuid not null references town,
      recorded_at timestamptz not null default clock_timestamp(),
      person_id uuid not null references person,
      -- Null: the operator's command line.
      by_person_id uuid references person,
      code text not null check (code in ('invited', 'signed_in', 'second_factor_on', 'second_factor_reset', 'access_ended', 'access_restored'))
    );
    create index account_event_by_person on account_event (person_id, recorded_at desc);
    alter table account_event enable row level security;
    alter table account_event force row level security;
    create policy owner_all on account_event to passerelle_owner using (true) with check (true);

    create function is_admin(in_town uuid, in_person uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select 1 from person_role join person on person.id = person_role.person_id
                     where person.id = in_person and person.town_id = in_town and person.active and role = 'admin')
    $$;
    revoke all on function is_admin(uuid, uuid) from public;
    grant execute on function is_admin(uuid, uuid) to app_staff;
    create policy own_entry on account_event for insert to app_staff
      with check (town_id = app_town() and by_person_id = app_person() and (person_id = app_person() or is_admin(app_town(), app_person())));
    create policy admin_reads on account_event for select to app_staff using (town_id = app_town() and is_admin(app_town(), app_person()));
    grant select, insert on account_event to app_staff;

    create function link_account(in_person uuid, in_auth_user text) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      begin
        if not is_admin(app_town(), app_person()) then raise exception 'not an administrator' using errcode = '42501'; end if;
        update person set auth_user_id = in_auth_user where id = in_person and town_id = app_town() and auth_user_id is null;
        return found;
      end $$;
    create function set_access(in_person uuid, in_active boolean) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      begin
        if not is_admin(app_town(), app_person()) then raise exception 'not an administrator' using errcode = '42501'; end if;
        update person set active = in_active
        where id = in_person and town_id = app_town() and id <> app_person() and active <> in_active;
        return found;
      end $$;
    revoke all on function link_account(uuid, text), set_access(uuid, boolean) from public;
    grant execute on function link_account(uuid, text), set_access(uuid, boolean) to app_staff;
  `.execute(db);
}

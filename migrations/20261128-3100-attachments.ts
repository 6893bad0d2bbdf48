import { type Kysely, sql } from 'kysely';

const STATES = `'quarantined', 'checked', 'infected', 'removed', 'erased'`;

// Photos, documents and recorded messages of the people of a case (R97, spec §3.5). What is known of one stands apart from its bytes, so
// that a right to list gives no right to read. Bytes go with the state that held them, whoever changes it.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attachment (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      party_id uuid not null references party,
      kind text not null check (kind in ('image', 'pdf', 'voice')),
      media text not null check (media in
        ('image/jpeg', 'application/pdf', 'audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/wav')),
      name bytea,
      bytes integer not null check (bytes between 1 and 8388608),
      state text not null default 'quarantined' check (state in (${sql.raw(STATES)})),
      -- What the scanner said of what is kept; nothing where no scanner is there.
      antivirus text check (antivirus in ('clean', 'none')),
      sent_at timestamptz not null,
      -- When somebody of the team first opened it: from then on it is not taken back.
      read_at timestamptz,
      -- Real time: when it may be looked at next. A look under way moves it, so that nobody else begins one.
      next_check_at timestamptz default clock_timestamp(),
      checks integer not null default 0,
      constraint checked_says_how check (state <> 'checked' or antivirus is not null),
      constraint no_name_without_bytes check (name is null or state in ('quarantined', 'checked', 'infected'))
    );
    -- The list on the pages of a case and of its parties; what the limits count.
    create index attachment_by_case on attachment (case_id, sent_at);
    -- What the checks look for each second.
    create index attachment_to_check on attachment (next_check_at) where state = 'quarantined' or (state = 'checked' and antivirus = 'none');
    -- What the night may have to erase.
    create index attachment_kept on attachment (town_id, case_id) where state in ('quarantined', 'checked', 'infected');

    create table attachment_content (
      attachment_id uuid primary key references attachment,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      body bytea not null
    );
    alter table attachment_content alter column body set storage external;

    create function drop_attachment_content() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        delete from attachment_content where attachment_id = new.id;
        return null;
      end $$;
    revoke execute on function drop_attachment_content() from public;
    create trigger content_goes_with_its_state after update of state on attachment for each row
      when (new.state not in ('quarantined', 'checked')) execute function drop_attachment_content();
    create function attachment_notify() returns trigger language plpgsql as $$
      begin perform pg_notify('attachment', ''); return null; end $$;
    create trigger wake_checks after insert on attachment for each statement execute function attachment_notify();
  `.execute(db);

  // The requester and the other party: each its own, never what is in it. Staff: of a case they may see. Organisations: nothing.
  await sql`
    do $$
    declare t text;
    begin
      foreach t in array array['attachment', 'attachment_content'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy of_a_visible_case on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id))', t);
      end loop;
    end $$;
    create policy requester on attachment to app_public
      using (case_id = app_case() and party_id in (select id from party where case_id = app_case() and side = 'requester'))
      with check (town_id = app_town() and party_id in (select id from party where case_id = app_case() and side = 'requester'));
    create policy own on attachment to app_party
      using (party_id = app_party_id()) with check (party_id = app_party_id() and case_id = app_case() and town_id = app_town());
    -- The checks span towns, as the ledger of mails does; what is in one is read inside its town.
    create policy worker on attachment to app_worker using (true) with check (town_id = app_town());
    create policy requester on attachment_content for insert to app_public with check (case_id = app_case() and town_id = app_town()
      and exists (select 1 from attachment a where a.id = attachment_id and a.case_id = app_case()));
    create policy own on attachment_content for insert to app_party with check (case_id = app_case() and town_id = app_town()
      and exists (select 1 from attachment a where a.id = attachment_id and a.party_id = app_party_id()));
    create policy worker on attachment_content for select to app_worker using (town_id = app_town());

    grant select, insert on attachment to app_public, app_party;
    grant update (state, name) on attachment to app_public, app_party;
    grant insert on attachment_content to app_public, app_party;
    grant select on attachment, attachment_content to app_staff, app_worker;
    grant update (read_at) on attachment to app_staff;
    grant update (state, name, antivirus, next_check_at, checks) on attachment to app_worker;
  `.execute(db);
}

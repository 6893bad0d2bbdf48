import { type Kysely, sql } from 'kysely';

const STATES = `'sent','acknowledged','in_hand','done','answered','not_competent','unable','needs_info','cancelled'`;
const REPLIES = `'in_hand','done','answered','not_competent','unable','needs_info'`;

// Requests to partner organisations (R20, R61–R63). A partner reads the requests of its own organisation, by a typed code, and nothing of the
// case: its role has no right on identity, story, notes or messages (spec §3.3).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table organisation add column ended_at timestamptz;
    create table contact_absence (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      contact_id uuid not null references organisation_contact on delete cascade,
      from_day date not null,
      to_day date not null check (to_day >= from_day)
    );
    create index contact_absence_by_contact on contact_absence (contact_id, from_day);

    create table partner_request (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      organisation_id uuid not null references organisation,
      asked_by uuid not null references person,
      urgency text not null check (urgency in ('urgent', 'standard', 'works')),
      question bytea not null,
      state text not null default 'sent' check (state in (${sql.raw(STATES)})),
      sent_at timestamptz not null,
      due_day date not null,
      acknowledged_at timestamptz,
      answered_at timestamptz,
      ended_at timestamptz
    );
    create index request_by_case on partner_request (case_id, sent_at);
    create index request_by_organisation on partner_request (organisation_id, sent_at desc);
    create index open_requests on partner_request (case_id) where state in ('sent', 'acknowledged');

    create table partner_answer (
      id uuid primary key default gen_random_uuid(),
      request_id uuid not null references partner_request,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      reply text not null check (reply in (${sql.raw(REPLIES)})),
      action_on date,
      comment bytea,
      refer_to bytea,
      will_take_part boolean,
      -- One of the two: the organisation itself, or the member of staff who took it by phone.
      contact_id uuid references organisation_contact on delete set null,
      person_id uuid references person,
      at timestamptz not null
    );
    create index answer_by_request on partner_answer (request_id, at);

    -- What stands in the address of a mail: it names one request and one person, and opens nothing (architecture.md, "Codes and links").
    create table partner_pointer (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      request_id uuid not null references partner_request,
      contact_id uuid not null references organisation_contact on delete cascade,
      unique (request_id, contact_id)
    );
    create table partner_access (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      contact_id uuid not null references organisation_contact on delete cascade,
      purpose text not null check (purpose in ('mail_code', 'session')),
      token_hash bytea not null check (octet_length(token_hash) = 32),
      browser_hash bytea,
      tries smallint not null default 0,
      created_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      used_at timestamptz,
      ended_at timestamptz
    );
    create index partner_access_by_token on partner_access (town_id, purpose, token_hash);
    create index partner_code_by_browser on partner_access (town_id, browser_hash) where purpose = 'mail_code';

    -- Late requests for the next meeting of the operational group: by organisation, no name (R72).
    create table go_item (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      kind text not null check (kind in ('late_request')),
      organisation_id uuid references organisation,
      request_id uuid unique references partner_request,
      since timestamptz not null,
      settled_at timestamptz
    );

    alter table mail_item drop constraint mail_item_mail_id_case_id_template_key;
    create unique index one_line_about_one_thing on mail_item (mail_id, case_id, template, coalesce(subject_id, '00000000-0000-0000-0000-000000000000'));
  `.execute(db);

  await sql`
    do $$
    declare t text;
    begin
      foreach t in array array['contact_absence', 'partner_request', 'partner_answer', 'partner_pointer', 'partner_access', 'go_item'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
        execute format('create policy worker on %I to app_worker using (town_id = app_town()) with check (town_id = app_town())', t);
      end loop;
      foreach t in array array['partner_request', 'partner_answer'] loop
        execute format('create policy of_a_visible_case on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id))', t);
      end loop;
    end $$;
    create policy own_organisation on partner_request to app_partner
      using (town_id = app_town() and organisation_id = app_organisation()) with check (town_id = app_town() and organisation_id = app_organisation());
    create policy own_organisation on partner_answer to app_partner
      using (exists (select 1 from partner_request r where r.id = request_id)) with check (town_id = app_town() and exists (select 1 from partner_request r where r.id = request_id));
    -- Whoever withdraws ends what was asked of partners, also without being able to read it (R30).
    create policy ends_with_the_case on partner_request to app_public, app_party using (case_id = app_case()) with check (case_id = app_case());
    create policy own on partner_access to app_partner using (contact_id = app_contact()) with check (contact_id = app_contact() and town_id = app_town());
    create policy own_town on contact_absence for select to app_staff using (town_id = app_town());
    create policy own_town on partner_pointer to app_staff using (town_id = app_town()) with check (town_id = app_town());
    create policy own on partner_pointer for select to app_partner using (contact_id = app_contact());
    create policy own_town on go_item for select to app_staff using (town_id = app_town());
    -- What a party allowed to be shared with this very organisation, and did not take back (F3 item 4, R103).
    create policy shared_with_us on agreement_item for select to app_partner
      using (case_id = app_case() and item = 'share' and given and withdrawn_at is null and organisation_id = app_organisation());
    grant select (case_id, item, given, said, purpose, organisation_id, withdrawn_at) on agreement_item to app_partner;
    grant select (categories, quarter_code) on mediation_case to app_partner;
    grant select on quarter to app_partner;
    create policy guests on quarter for select to app_partner using (town_id = app_town());

    grant select, insert on partner_request, partner_answer to app_staff;
    grant update (state, acknowledged_at, answered_at, ended_at) on partner_request to app_staff, app_partner, app_worker;
    grant select (id, case_id, state, ended_at) on partner_request to app_public, app_party;
    grant update (state, ended_at) on partner_request to app_public, app_party;
    grant select, insert on partner_answer to app_partner;
    grant select on partner_request to app_partner, app_worker;
    grant select on partner_answer to app_worker;
    grant select, insert on partner_pointer to app_worker;
    grant select on partner_pointer to app_staff, app_partner;
    grant select, insert, update on partner_access to app_partner;
    grant select on partner_access to app_worker;
    grant select on contact_absence to app_staff, app_worker;
    grant select, insert on go_item to app_worker;
    grant select on go_item to app_staff;
    grant insert on mail to app_partner;
    create policy own_code on mail for insert to app_partner with check (town_id = app_town() and contact_id = app_contact());

    create function find_partner_pointer(in_town uuid, in_pointer uuid) returns table (contact_id uuid, organisation_id uuid, request_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.contact_id, o.id, p.request_id from partner_pointer p
      join organisation_contact c on c.id = p.contact_id join organisation o on o.id = c.organisation_id and o.ended_at is null
      where p.town_id = in_town and p.id = in_pointer
    $$;
    create function use_partner_code(in_town uuid, in_browser bytea, in_hash bytea, max_tries integer) returns table (contact_id uuid, organisation_id uuid)
      language sql volatile security definer set search_path = public, pg_temp as $$
      with tried as (
        update partner_access set tries = tries + 1, used_at = case when token_hash = in_hash then clock_timestamp() end
        where town_id = in_town and purpose = 'mail_code' and browser_hash = in_browser and tries < max_tries
          and used_at is null and ended_at is null and expires_at > clock_timestamp()
        returning case when token_hash = in_hash then partner_access.contact_id end as contact_id
      )
      select c.id, o.id from tried join organisation_contact c on c.id = tried.contact_id join organisation o on o.id = c.organisation_id and o.ended_at is null
    $$;
    create function find_partner_by_session(in_town uuid, in_hash bytea) returns table (contact_id uuid, organisation_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.id, o.id from partner_access a join organisation_contact c on c.id = a.contact_id
      join organisation o on o.id = c.organisation_id and o.ended_at is null
      where a.town_id = in_town and a.purpose = 'session' and a.token_hash = in_hash and a.ended_at is null and a.expires_at > clock_timestamp()
    $$;
    -- The one mail of a contact's day, with all its requests in it; a line about a new request lets it leave now.
    create function add_contact_line(in_contact uuid, in_day date, in_leaves_at timestamptz, in_key text, in_message_id text,
                                     in_case uuid, in_request uuid, in_step uuid, in_template text, in_due_day date) returns boolean
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare found_mail uuid;
      begin
        insert into mail (town_id, contact_id, template, reminder_day, dedupe_key, message_id, not_before)
        select app_town(), c.id, 'partner_day', in_day, in_key, in_message_id, in_leaves_at
        from organisation_contact c where c.id = in_contact and c.town_id = app_town()
        on conflict do nothing;
        select id into found_mail from mail where town_id = app_town() and dedupe_key = in_key and state = 'queued' for update;
        if found_mail is null then
          return false;
        end if;
        update mail set not_before = least(not_before, in_leaves_at) where id = found_mail;
        insert into partner_pointer (town_id, request_id, contact_id) values (app_town(), in_request, in_contact) on conflict do nothing;
        insert into mail_item (mail_id, town_id, case_id, subject_id, step_id, template, due_day, created_at)
        select found_mail, app_town(), c.id, in_request, in_step, in_template, in_due_day, business_now(app_town())
        from mediation_case c where c.id = in_case and c.town_id = app_town()
        on conflict do nothing;
        return true;
      end $$;
    create or replace function add_day_line(in_person uuid, in_day date, in_leaves_at timestamptz, in_key text, in_message_id text,
                                 in_case uuid, in_step uuid, in_template text, in_due_day date) returns boolean
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare found_mail uuid;
      begin
        insert into mail (town_id, person_id, template, reminder_day, dedupe_key, message_id, not_before)
        select app_town(), person.id, 'day', in_day, in_key, in_message_id, in_leaves_at
        from person where person.id = in_person and person.town_id = app_town()
        on conflict do nothing;
        select id into found_mail from mail
        where town_id = app_town() and dedupe_key = in_key and state = 'queued' for update;
        if found_mail is null then
          return false;
        end if;
        insert into mail_item (mail_id, town_id, case_id, step_id, template, due_day, created_at)
        select found_mail, app_town(), c.id, in_step, in_template, in_due_day, business_now(app_town())
        from mediation_case c where c.id = in_case and c.town_id = app_town()
        on conflict (mail_id, case_id, template, coalesce(subject_id, '00000000-0000-0000-0000-000000000000'))
          do update set due_day = excluded.due_day;
        return true;
      end $$;
    create function own_request_number(in_request uuid) returns text
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.number from partner_request r join mediation_case c on c.id = r.case_id
      where r.id = in_request and r.town_id = app_town() and r.organisation_id = app_organisation()
    $$;
    revoke execute on function own_request_number(uuid), find_partner_pointer(uuid, uuid), use_partner_code(uuid, bytea, bytea, integer), find_partner_by_session(uuid, bytea),
      add_contact_line(uuid, date, timestamptz, text, text, uuid, uuid, uuid, text, date) from public;
    grant execute on function find_partner_pointer(uuid, uuid), use_partner_code(uuid, bytea, bytea, integer), find_partner_by_session(uuid, bytea) to app_public;
    grant execute on function own_request_number(uuid) to app_partner;
    grant execute on function add_contact_line(uuid, date, timestamptz, text, text, uuid, uuid, uuid, text, date) to app_worker;
  `.execute(db);
}

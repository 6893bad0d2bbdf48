import { type Kysely, sql } from 'kysely';

// What partners think of a mediation (F8), apart from who they are: `partner_questionnaire` says that one was sent and whether it came back,
// `partner_opinion` says what was answered, never by which organisation (docs/decisions/0010).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table partner_questionnaire (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      organisation_id uuid not null references organisation,
      -- The last request of this organisation in the cycle: its page is where the questionnaire opens.
      request_id uuid not null references partner_request,
      cycle integer not null,
      opened_at timestamptz not null,
      closes_on date not null,
      answered boolean not null default false,
      unique (case_id, organisation_id, cycle)
    );
    create index partner_questionnaire_by_request on partner_questionnaire (request_id);
    -- No case, no organisation, no contact, no instant.
    create table partner_opinion (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      month date not null check (month = date_trunc('month', month)),
      useful smallint check (useful between 1 and 5),
      information text check (information in ('too_little', 'enough', 'too_much')),
      delay_ok boolean,
      exchange_easier smallint check (exchange_easier between 1 and 5),
      changed text[] not null default '{}' check (changed <@ array['rule', 'information', 'welcome', 'works', 'nothing']),
      prevented text[] not null default '{}' check (prevented <@ array['time', 'law', 'secrecy', 'means', 'other']),
      places uuid[] not null default '{}' check (cardinality(places) <= 3),
      call_again boolean
    );
    do $$
    declare t text;
    begin
      foreach t in array array['partner_questionnaire', 'partner_opinion'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
      end loop;
    end $$;
    create policy of_a_visible_case on partner_questionnaire to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    create policy worker on partner_questionnaire for select to app_worker using (town_id = app_town());
    create policy own_organisation on partner_questionnaire to app_partner
      using (town_id = app_town() and organisation_id = app_organisation()) with check (town_id = app_town() and organisation_id = app_organisation());
    grant select, insert on partner_questionnaire to app_staff;
    grant select on partner_questionnaire to app_worker, app_partner;
    grant update (answered) on partner_questionnaire to app_partner;
    -- Written by whoever answers, read by nobody here: figures come from aggregates only.
    create policy answers on partner_opinion for insert to app_partner with check (town_id = app_town());
    grant insert on partner_opinion to app_partner;
    create policy guests on place for select to app_partner using (town_id = app_town());
    grant select on place to app_partner;

    -- Whoever withdraws ends the questions about the mediation too, to every side and every organisation.
    create or replace function end_what_was_agreed(in_case uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update agreement_item set withdrawn_at = business_now(app_town())
      where case_id = in_case and town_id = app_town() and withdrawn_at is null
        and (in_case = app_case() or app_person() is not null);
      update questionnaire set closes_on = (business_now(app_town()) - interval '2 days')::date
      where case_id = in_case and town_id = app_town() and not answered
        and (in_case = app_case() or app_person() is not null);
      update partner_questionnaire set closes_on = (business_now(app_town()) - interval '2 days')::date
      where case_id = in_case and town_id = app_town() and not answered
        and (in_case = app_case() or app_person() is not null);
    $$;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// A request to an organisation has ends of its own: an answer after the escalation settles the leader's task and the point of the agenda;
// a request on the agenda holds the mediator no more; information that was asked for is given, and the question stands again.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table deadline add column request_id uuid references partner_request;
    -- What is left to do about one request, when it is answered or cancelled.
    create index task_about_request on deadline (request_id) where state = 'open' and request_id is not null;
    alter table partner_request add column silent_since timestamptz;
    alter table partner_answer add column follow_up_contact bytea;
    grant update (silent_since, due_day) on partner_request to app_staff, app_worker;
    grant update (since, settled_at) on go_item to app_worker;
    -- Lines of a day that has passed move to the mail of the day on which they leave.
    grant delete on mail_item to app_worker;

    create table partner_information (
      id uuid primary key default gen_random_uuid(),
      request_id uuid not null references partner_request,
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      person_id uuid not null references person,
      said bytea not null,
      at timestamptz not null
    );
    -- The page of a request, the organisation's and the team's.
    create index information_by_request on partner_information (request_id, at);
    alter table partner_information enable row level security;
    alter table partner_information force row level security;
    create policy owner_all on partner_information to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on partner_information to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    create policy own_organisation on partner_information for select to app_partner
      using (exists (select 1 from partner_request r where r.id = request_id));
    grant select, insert on partner_information to app_staff;
    grant select on partner_information to app_partner;

    -- Tasks and the point of the agenda about a request nobody waits for any more. One function, because an organisation that answers may
    -- read neither; it does nothing about a request that still waits.
    create function settle_request(in_request uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update go_item set settled_at = business_now(app_town())
      where request_id = in_request and town_id = app_town() and settled_at is null
        and exists (select 1 from partner_request r where r.id = in_request and r.state not in ('sent', 'acknowledged'));
      with settled as (
        update deadline set state = 'met', settled_at = business_now(app_town())
        where request_id = in_request and town_id = app_town() and state = 'open'
          and exists (select 1 from partner_request r where r.id = in_request and r.state not in ('sent', 'acknowledged'))
        returning id
      )
      update step set state = 'cancelled', acted_at = business_now(app_town())
      where deadline_id in (select id from settled) and state in ('pending', 'paused');
    $$;
    revoke execute on function settle_request(uuid) from public;
    grant execute on function settle_request(uuid) to app_public, app_party, app_partner, app_staff, app_worker;
  `.execute(db);
}

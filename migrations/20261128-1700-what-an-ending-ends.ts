import { type Kysely, sql } from 'kysely';

// What an answer, a refusal or a withdrawal ends, also where whoever says it may not read it: one function each (docs/decisions/0011).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A share stands with the latest agreement of its party, which is a yes of somebody still in the case (F3 item 4, R103).
    create function share_stands(in_agreement uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (
        select 1 from agreement a join party p on p.id = a.party_id
        where a.id = in_agreement and a.case_id = app_case() and a.state = 'yes' and p.ended_at is null
          and a.id = (select latest.id from agreement latest where latest.party_id = p.id
                      order by latest.asked_at desc, latest.answered_at desc nulls first limit 1))
    $$;
    drop policy shared_with_us on agreement_item;
    create policy shared_with_us on agreement_item for select to app_partner
      using (case_id = app_case() and item = 'share' and given and withdrawn_at is null and organisation_id = app_organisation()
             and share_stands(agreement_id));

    -- What the requester lets be said is for those who still take part.
    create or replace function what_may_be_said(in_case uuid) returns bytea
      language sql stable security definer set search_path = public, pg_temp as $$
      select item.said from agreement_item item
      join agreement a on a.id = item.agreement_id and a.state = 'yes'
      join party p on p.id = item.party_id and p.side = 'requester'
      where item.case_id = in_case and in_case = app_case() and item.town_id = app_town()
        and item.item = 'may_say' and item.given and item.withdrawn_at is null
        and a.asked_at = (select max(asked_at) from agreement where party_id = p.id)
        and exists (select 1 from party listener where listener.id = app_party_id() and listener.ended_at is null)
      limit 1
    $$;

    -- Nobody asks the other sides any more: the question ends, and what was about to leave with it.
    create function stop_asking_others(in_case uuid, ended timestamptz) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update mail set state = 'cancelled'
      where case_id = in_case and town_id = app_town() and party_id is not null and state = 'queued'
        and template in ('party_invited', 'agreement_asked', 'agreement_reminder') and (in_case = app_case() or app_person() is not null);
      update agreement a set state = 'no_answer', answered_at = ended
      from party p where p.id = a.party_id and p.side = 'other' and a.case_id = in_case and a.town_id = app_town() and a.state = 'asked'
        and (in_case = app_case() or app_person() is not null)
    $$;
    -- What was about to leave to any person of a case that its requester ends (T32).
    create function stop_mails_to_people(in_case uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update mail set state = 'cancelled'
      where case_id = in_case and town_id = app_town() and person_id is null and state = 'queued'
        and (in_case = app_case() or app_person() is not null)
    $$;

    -- Sessions still to come: all of a case that ends; those a party that leaves was invited to, and where the mediation stops the meetings of
    -- the sides. Guests end them without reading those of others.
    create function cancel_sessions(in_case uuid, in_party uuid, in_meetings boolean, ended timestamptz) returns setof uuid
      language sql volatile security definer set search_path = public, pg_temp as $$
      update mediation_session s set state = 'cancelled', settled_at = ended, sequence = sequence + 1
      where case_id = in_case and town_id = app_town() and state = 'planned'
        and (in_case = app_case() or app_person() is not null or current_setting('role') = 'app_worker')
        and (in_party is null or (in_meetings and mode in ('joint', 'collective'))
             or exists (select 1 from session_party sp where sp.session_id = s.id and sp.party_id = in_party))
      returning id
    $$;
    revoke execute on function share_stands(uuid), stop_asking_others(uuid, timestamptz), stop_mails_to_people(uuid),
      cancel_sessions(uuid, uuid, boolean, timestamptz) from public;
    grant execute on function share_stands(uuid) to app_partner;
    grant execute on function stop_asking_others(uuid, timestamptz), stop_mails_to_people(uuid) to app_public, app_staff;
    grant execute on function cancel_sessions(uuid, uuid, boolean, timestamptz) to app_public, app_party, app_staff, app_worker;

    -- Whoever does not want to be asked is not asked: an opinion not given yet is not waited for either (F3 item 5).
    grant delete on questionnaire to app_public, app_party, app_staff;

    -- Tries are counted per person and cycle (R33).
    alter table contact_attempt add column cycle integer not null default 1;
    update contact_attempt t set cycle = c.cycle from mediation_case c where c.id = t.case_id;
  `.execute(db);
}

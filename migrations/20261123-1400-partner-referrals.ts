import { type Kysely, sql } from 'kysely';

// F2: an organisation refers a person who agreed, a place without a name, or itself. It writes the case it opens and reads nothing of it
// back: a closed answer is all it gets, computed here, so that no page can say more (R31, R32, R84, spec §3.3).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table partner_referral (
      case_id uuid primary key references mediation_case,
      town_id uuid not null references town,
      organisation_id uuid not null references organisation,
      contact_id uuid references organisation_contact on delete set null,
      level text not null check (level in ('named', 'place', 'organisation')),
      agreed_on date,
      agent_role bytea not null,
      agent_phone bytea not null,
      done_before text[] not null check (cardinality(done_before) > 0),
      done_on date,
      expected text[] not null check (cardinality(expected) > 0),
      offered text[] not null default '{}',
      urgent boolean not null,
      urgency_reason bytea,
      visit_risks text[] not null default '{}',
      will_take_part boolean not null,
      referred_at timestamptz not null,
      -- R31: a person is named with their agreement only, and its day is written down.
      constraint named_with_agreement check ((level = 'named') = (agreed_on is not null)),
      constraint urgent_says_why check (urgent = (urgency_reason is not null))
    );
    create index referral_by_organisation on partner_referral (organisation_id, referred_at desc);
    alter table partner_referral enable row level security;
    alter table partner_referral force row level security;
    create policy owner_all on partner_referral to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on partner_referral for select to app_staff using (exists (select 1 from mediation_case c where c.id = case_id));
    create policy own_new on partner_referral for insert to app_partner
      with check (case_id = app_case() and town_id = app_town() and organisation_id = app_organisation());
    grant select on partner_referral to app_staff;
    grant insert on partner_referral to app_partner;

    create policy own_new on case_identity for insert to app_partner with check (case_id = app_case() and town_id = app_town());
    create policy own_new on case_story for insert to app_partner with check (case_id = app_case() and town_id = app_town());
    create policy own_new on party for insert to app_partner with check (case_id = app_case() and town_id = app_town() and side = 'requester');
    create policy own_new on relation_mark for insert to app_partner with check (case_id = app_case() and town_id = app_town());
    create policy own_new on access for insert to app_partner with check (case_id = app_case() and town_id = app_town() and purpose = 'case_code');
    grant insert on mediation_case, case_identity, case_story, party, relation_mark, access to app_partner;
    grant execute on function next_case_number(uuid, integer) to app_partner;

    create function find_partner_contact(in_town uuid, in_email text) returns table (contact_id uuid, organisation_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.id, o.id from organisation_contact c join organisation o on o.id = c.organisation_id and o.ended_at is null
      where c.town_id = in_town and lower(c.email) = lower(in_email) order by c.id limit 1
    $$;
    create function own_referral_number(in_nonce bytea) returns text
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.number from partner_referral r join mediation_case c on c.id = r.case_id
      where c.nonce_hash = in_nonce and r.town_id = app_town() and r.organisation_id = app_organisation()
    $$;
    -- The closed answer. Forces of order: taken up, not, or oriented, and nothing after that. Others: begun, not begun, over; a refusal is
    -- « not begun » like everything else that did not begin (R32).
    create function own_referrals() returns table (number text, level text, referred_at timestamptz, answer text)
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.number, r.level, r.referred_at, case
          when c.state in ('received', 'in_triage', 'more_info_needed') then 'received'
          when o.type in ('police_nationale', 'gendarmerie', 'police_municipale') then case
            when c.state = 'redirected' then 'oriented'
            when c.outcome in ('SANS_SUITE_INCOMPLET', 'HORS_PERIMETRE') then 'not_taken_up' else 'taken_up' end
          when c.state in ('accepted', 'assigned', 'first_contact', 'agreements', 'merged') then 'received'
          when c.state in ('support', 'mediation', 'follow_up', 'evaluation') then 'begun'
          when c.outcome in ('ACCORD_ECRIT', 'ACCORD_ORAL', 'APAISE', 'DIALOGUE_REPRIS', 'ACCORD_PARTIEL', 'ECHEC', 'AGGRAVE', 'RESOLU_ECOUTE', 'RELAIS_PARTENAIRE') then 'over'
          else 'not_begun' end
      from partner_referral r join mediation_case c on c.id = r.case_id join organisation o on o.id = r.organisation_id
      where r.town_id = app_town() and r.organisation_id = app_organisation()
      order by r.referred_at desc limit 100
    $$;
    revoke execute on function find_partner_contact(uuid, text), own_referral_number(bytea), own_referrals() from public;
    grant execute on function find_partner_contact(uuid, text) to app_public;
    grant execute on function own_referral_number(bytea), own_referrals() to app_partner;

    -- Reading is due in two days, in one for an urgent referral: what reminds counts from the due day.
    update ladder_step set anchor = 'due', offset_n = offset_n - 2 where kind = 'triage' and anchor = 'opened';
  `.execute(db);
}

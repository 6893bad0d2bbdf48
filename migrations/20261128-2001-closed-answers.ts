import { type Kysely, sql } from 'kysely';

// What an organisation reads from outside (R30, R32, R84): a referral that has begun is begun or over, never anything that tells a refusal,
// a withdrawal or another mediator; a request that was cancelled is pointed at by no mail.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function own_referrals() returns table (number text, level text, referred_at timestamptz, answer text)
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.number, r.level, r.referred_at, case
          when o.type in ('police_nationale', 'gendarmerie', 'police_municipale') then case
            when went.accepted then 'taken_up'
            when c.state in ('received', 'in_triage', 'more_info_needed') then 'received'
            when c.state = 'redirected' or c.outcome in ('ORIENTE', 'DANGER_ORIENTE', 'RELAIS_PARTENAIRE') then 'oriented'
            when c.state = 'merged' then 'taken_up' else 'not_taken_up' end
          when went.begun is not null then case
            when went.reopened > went.begun or c.state in ('closed', 'redirected', 'merged', 'archived', 'anonymised') then 'over' else 'begun' end
          when c.state not in ('closed', 'redirected', 'archived', 'anonymised') then 'received'
          when c.outcome in ('RESOLU_ECOUTE', 'RELAIS_PARTENAIRE') then 'over'
          else 'not_begun' end
      from partner_referral r join mediation_case c on c.id = r.case_id join organisation o on o.id = r.organisation_id
      cross join lateral (
        select bool_or(e.code = 'case_accepted') as accepted,
          min(e.seq) filter (where e.data->>'to' in ('support', 'mediation') and e.data->>'from' <> e.data->>'to') as begun,
          max(e.seq) filter (where e.code = 'case_reopened') as reopened
        from case_event e where e.case_id = c.id
      ) went
      where r.town_id = app_town() and r.organisation_id = app_organisation()
      order by r.referred_at desc limit 100
    $$;
    create or replace function find_partner_pointer(in_town uuid, in_pointer uuid) returns table (contact_id uuid, organisation_id uuid, request_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.contact_id, o.id, p.request_id from partner_pointer p
      join partner_request r on r.id = p.request_id and r.state <> 'cancelled'
      join organisation_contact c on c.id = p.contact_id join organisation o on o.id = c.organisation_id and o.ended_at is null
      where p.town_id = in_town and p.id = in_pointer
    $$;
  `.execute(db);
}

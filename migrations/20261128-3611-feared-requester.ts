import { type Kysely, sql } from 'kysely';

// Spec §3.6: where the other side is the one who fears somebody of the family or the partner, that is whoever made the request. The page promises
// that nobody contacts them then; the mark says so, and only the leader's decision takes it off with the other one.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table mediation_case add requester_feared boolean not null default false;
    alter table mediation_case add constraint a_feared_requester_is_a_feared_family check (family_danger or not requester_feared);
    grant update (requester_feared) on mediation_case to app_party, app_staff;
    -- Whoever is feared never reads it: the requester's role reads every column but this one.
    do $$
    declare known text;
    begin
      select string_agg(quote_ident(column_name), ', ') into known from information_schema.columns
        where table_schema = 'public' and table_name = 'mediation_case' and column_name <> 'requester_feared';
      revoke select on mediation_case from app_public;
      execute format('grant select (%s) on mediation_case to app_public', known);
    end $$;
    -- Said by the other side before there was the mark, and not decided on since.
    update mediation_case c set requester_feared = true
      where c.family_danger and exists (
        select 1 from case_event e
        where e.case_id = c.id and e.code = 'danger_raised' and e.actor = 'party' and e.data @> '{"family": true}' and not exists (
          select 1 from case_event l where l.case_id = c.id and l.code = 'family_danger_lifted' and l.seq > e.seq));

    -- A talk with the feared requester alone is a meeting with whom one fears too.
    create or replace function meets_the_other_side(in_case uuid, at timestamptz) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (
        select 1 from mediation_session s join mediation_case c on c.id = s.case_id
        where s.case_id = in_case and s.town_id = app_town() and in_case = coalesce(app_case(), in_case)
          and s.state = 'planned' and s.ends_at > at
          and (s.mode in ('joint', 'collective') or exists (
            select 1 from session_party i join party p on p.id = i.party_id
            where i.session_id = s.id and (p.side <> 'requester' or (c.requester_feared and current_setting('role') <> 'app_public')) and p.ended_at is null)))
    $$;
  `.execute(db);
}

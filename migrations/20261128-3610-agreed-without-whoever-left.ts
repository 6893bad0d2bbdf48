import { type Kysely, sql } from 'kysely';

// R22, R32, decision 0016: a party keeps a copy of what it took part in. Whoever had stopped, refused or left before the result was found took
// part in none of it, although it had once said yes: it reads no agreement of the others.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function what_was_agreed(in_case uuid)
      returns table (result text, agreed_text bytea, recorded_at timestamptz, cycle integer, met boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select r.result, r.agreed_text, r.recorded_at, r.cycle,
        exists (select 1 from session_note n where n.case_id = r.case_id and n.cycle = r.cycle and n.mode in ('joint', 'collective'))
      from mediation_result r
      where r.case_id = in_case and r.town_id = app_town() and (in_case = app_case() or app_person() is not null)
        and (app_party_id() is null or coalesce((
          -- Its last word by then, in the cycle of the agreement; whoever left otherwise, with a silence or the case, said none.
          select a.state in ('yes', 'withdrawn') and (a.withdrawn_at is null or a.withdrawn_at > r.recorded_at)
            and (p.ended_at is null or p.ended_at > r.recorded_at)
          from agreement a join party p on p.id = a.party_id
          where a.party_id = app_party_id() and a.case_id = in_case and a.cycle = r.cycle and a.answered_at <= r.recorded_at
          order by a.asked_at desc limit 1), false))
      order by r.recorded_at desc limit 1
    $$;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// R22: each party keeps a copy of what was agreed, from its own page too. A guest may read no row of the other side: these two functions give
// what the paper holds and nothing more. Names are on it once people have met at one table, or where an institution answers for itself.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function what_was_agreed(in_case uuid)
      returns table (result text, agreed_text bytea, recorded_at timestamptz, cycle integer, met boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select r.result, r.agreed_text, r.recorded_at, r.cycle,
        exists (select 1 from session_note n where n.case_id = r.case_id and n.cycle = r.cycle and n.mode in ('joint', 'collective'))
      from mediation_result r
      where r.case_id = in_case and r.town_id = app_town() and (in_case = app_case() or app_person() is not null)
        -- A party sees what it was part of: it had said yes by then.
        and (app_party_id() is null or exists (
          select 1 from agreement a where a.party_id = app_party_id() and a.case_id = in_case
            and a.state in ('yes', 'withdrawn') and a.answered_at <= r.recorded_at))
      order by r.recorded_at desc limit 1
    $$;
    create function who_agreed(in_case uuid)
      returns table (party_id uuid, side text, kind text, name bytea, what bytea, by_day date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.id, p.side, p.kind,
        case when r.met or p.kind in ('institution', 'business', 'transport', 'association')
          then case when p.side = 'requester' then own.first_name else i.name end end,
        c.what, c.by_day
      from what_was_agreed(in_case) r
      join party p on p.case_id = in_case and p.created_at <= r.recorded_at and (p.ended_at is null or p.ended_at > r.recorded_at)
      join case_identity own on own.case_id = in_case
      left join party_identity i on i.party_id = p.id
      left join commitment c on c.party_id = p.id and c.cycle = r.cycle
      order by p.created_at, p.id, c.by_day, c.recorded_at
    $$;
    revoke execute on function what_was_agreed(uuid), who_agreed(uuid) from public;
    grant execute on function what_was_agreed(uuid), who_agreed(uuid) to app_public, app_party, app_staff;
  `.execute(db);
}

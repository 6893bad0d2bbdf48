import { type Kysely, sql } from 'kysely';

// The other party sees of the requester what the requester agreed to have said, and nothing else (spec §3.3, F3 item 3).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function what_may_be_said(in_case uuid) returns bytea
      language sql stable security definer set search_path = public, pg_temp as $$
      select item.said from agreement_item item
      join agreement a on a.id = item.agreement_id and a.state = 'yes'
      join party p on p.id = item.party_id and p.side = 'requester'
      where item.case_id = in_case and in_case = app_case() and item.town_id = app_town()
        and item.item = 'may_say' and item.given and item.withdrawn_at is null
        and a.asked_at = (select max(asked_at) from agreement where party_id = p.id)
      limit 1
    $$;
    revoke execute on function what_may_be_said(uuid) from public;
    grant execute on function what_may_be_said(uuid) to app_party;
  `.execute(db);
}

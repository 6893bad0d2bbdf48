import { type Kysely, sql } from 'kysely';

// Somebody who lost the code and has no address on file gets another from whoever works on their case (C-2, R29, R82). The role of the team still
// puts no code on a case by itself (C-14): one function ends whatever opened one party's page and writes the new code, on a case that whoever asks may see.
// When a code was handed is read back, so that it is shown for some minutes only.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function hand_code(in_party uuid, in_access uuid, in_hash bytea) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare
        of_case uuid;
        seat uuid;
      begin
        select c.id, case when p.side = 'other' then p.id end into of_case, seat
        from party p join mediation_case c on c.id = p.case_id
        where p.id = in_party and c.town_id = app_town() and app_person() is not null
          and (c.lead_id = app_person() or c.second_id = app_person() or c.team_id = any (app_teams())
               or (c.team_id is null and app_leads()) or c.id = any (app_granted_cases()));
        if of_case is null then return false; end if;
        update access set ended_at = clock_timestamp()
        where case_id = of_case and party_id is not distinct from seat and ended_at is null;
        insert into access (id, town_id, case_id, party_id, purpose, token_hash, derived)
        values (in_access, app_town(), of_case, seat, case when seat is null then 'case_code' else 'party_code' end, in_hash, seat is not null);
        return true;
      end $$;
    revoke execute on function hand_code(uuid, uuid, bytea) from public;
    grant execute on function hand_code(uuid, uuid, bytea) to app_staff;
    grant select (created_at) on access to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// The other party that lost its code asks as the requester does: number and address on file, a short code by mail bound to the browser, then a
// permit that opens nothing but the page which replaces the code (C-2, R29). Its address has a keyed hash for the exact match, filled by the
// commands that write the address.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table party_identity add column email_hash bytea;
    grant update (email_hash) on party_identity to app_staff, app_party;
    alter table access drop constraint access_purpose_check;
    alter table access add constraint access_purpose_check
      check (purpose in ('case_code', 'mail_code', 'follow_session', 'replace_permit', 'party_code', 'party_session', 'party_mail_code', 'party_permit'));
    alter table access drop constraint mail_codes_end_and_are_bound;
    alter table access add constraint mail_codes_end_and_are_bound
      check (purpose not in ('mail_code', 'party_mail_code') or (expires_at is not null and browser_hash is not null));
    -- One live code at a time (T-20); the look-up of a typed one.
    create unique index one_live_party_mail_code on access (party_id)
      where purpose = 'party_mail_code' and used_at is null and ended_at is null;
    create index party_mail_code_by_browser on access (town_id, browser_hash) where purpose = 'party_mail_code';
    grant select (used_at) on access to app_party;

    -- Where two of a household gave one address: the one that still takes part, the first that was written down.
    create function find_party_by_number_and_email(in_town uuid, in_number text, in_email bytea) returns table (party_id uuid, case_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.id, p.case_id from mediation_case c
      join party p on p.case_id = c.id
      join party_identity i on i.party_id = p.id
      where c.town_id = in_town and c.number = in_number and i.email_hash = in_email and i.erased_at is null
      order by p.ended_at is not null, p.created_at, p.id limit 1
    $$;
    -- One try, whatever it is; right only once, and only in the browser that asked (T-16, T-21).
    create function use_party_mail_code(in_town uuid, in_browser bytea, in_hash bytea, max_tries integer)
      returns table (party_id uuid, case_id uuid)
      language sql volatile security definer set search_path = public, pg_temp as $$
      with tried as (
        update access a set tries = a.tries + 1, used_at = case when a.token_hash = in_hash then clock_timestamp() end
        where a.town_id = in_town and a.purpose = 'party_mail_code' and a.browser_hash = in_browser and a.tries < max_tries
          and a.used_at is null and a.ended_at is null and a.expires_at > clock_timestamp()
        returning a.party_id, a.case_id, a.token_hash
      )
      select tried.party_id, tried.case_id from tried where token_hash = in_hash
    $$;
    revoke execute on function find_party_by_number_and_email(uuid, text, bytea), use_party_mail_code(uuid, bytea, bytea, integer) from public;
    grant execute on function find_party_by_number_and_email(uuid, text, bytea), use_party_mail_code(uuid, bytea, bytea, integer)
      to app_public;
  `.execute(db);
}

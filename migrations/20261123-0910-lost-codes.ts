import { type Kysely, sql } from 'kysely';

// A person who lost the case code: number and address on file, a short code by mail bound to the browser that asked, then a permit
// that opens nothing but the page which replaces the code. Real time only.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table access drop constraint access_purpose_check;
    alter table access add constraint access_purpose_check
      check (purpose in ('case_code', 'mail_code', 'follow_session', 'replace_permit'));
    alter table access add column tries smallint not null default 0;
    alter table access add constraint mail_codes_end_and_are_bound
      check (purpose <> 'mail_code' or (expires_at is not null and browser_hash is not null));
    -- One live code at a time (T-20); the look-up of a typed one.
    create unique index one_live_mail_code on access (case_id) where purpose = 'mail_code' and used_at is null and ended_at is null;
    create index mail_code_by_browser on access (town_id, browser_hash) where purpose = 'mail_code';
    -- The worker makes the mail: it must know which code still lives.
    grant select (expires_at, used_at) on access to app_worker;

    create function find_case_by_number_and_email(in_town uuid, in_number text, in_email bytea) returns uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.id from mediation_case c join case_identity i on i.case_id = c.id
      where c.town_id = in_town and c.number = in_number and i.email_hash = in_email
    $$;
    -- One try, whatever it is; right only once, and only in the browser that asked (T-16, T-21).
    create function use_mail_code(in_town uuid, in_browser bytea, in_hash bytea, max_tries integer) returns uuid
      language sql volatile security definer set search_path = public, pg_temp as $$
      update access set tries = tries + 1, used_at = case when token_hash = in_hash then clock_timestamp() end
      where town_id = in_town and purpose = 'mail_code' and browser_hash = in_browser and tries < max_tries
        and used_at is null and ended_at is null and expires_at > clock_timestamp()
      returning case when token_hash = in_hash then case_id end
    $$;
    create function find_case_by_permit(in_town uuid, in_hash bytea) returns uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select case_id from access
      where town_id = in_town and purpose = 'replace_permit' and token_hash = in_hash and ended_at is null
        and expires_at > clock_timestamp()
    $$;
    revoke execute on function find_case_by_number_and_email(uuid, text, bytea), use_mail_code(uuid, bytea, bytea, integer),
      find_case_by_permit(uuid, bytea) from public;
    grant execute on function find_case_by_number_and_email(uuid, text, bytea), use_mail_code(uuid, bytea, bytea, integer),
      find_case_by_permit(uuid, bytea) to app_public;
  `.execute(db);
}

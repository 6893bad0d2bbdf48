import { type Kysely, sql } from 'kysely';

// Codes and the sessions they open (architecture.md, "Codes and links"). Real time only: nothing here travels with the clock.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table access (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      case_id uuid not null references mediation_case,
      purpose text not null check (purpose in ('case_code', 'mail_code', 'follow_session')),
      token_hash bytea not null check (octet_length(token_hash) = 32),
      browser_hash bytea,
      derived boolean not null default false,
      created_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz,
      used_at timestamptz,
      ended_at timestamptz
    );
    create unique index access_by_token on access (town_id, purpose, token_hash);
    create unique index one_code_per_case on access (case_id) where purpose = 'case_code' and ended_at is null;
    create index access_by_case on access (case_id, purpose);
    alter table access enable row level security;
    alter table access force row level security;
    create policy owner_all on access to passerelle_owner using (true) with check (true);
    create policy requester on access to app_public using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town());
    create policy staff on access to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (false);
    create policy worker on access to app_worker using (town_id = app_town()) with check (town_id = app_town());
    grant select (id, town_id, case_id, purpose, derived, created_at, expires_at, used_at, ended_at), insert on access to app_public;
    grant update (used_at, ended_at) on access to app_public, app_staff, app_worker;
    grant select (id, town_id, case_id, purpose, ended_at) on access to app_staff, app_worker;

    create function find_case_by_code(in_town uuid, in_hash bytea) returns uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select case_id from access
      where town_id = in_town and purpose = 'case_code' and token_hash = in_hash and ended_at is null
    $$;
    create function find_case_by_session(in_town uuid, in_hash bytea) returns uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select case_id from access
      where town_id = in_town and purpose = 'follow_session' and token_hash = in_hash and ended_at is null
        and expires_at > clock_timestamp()
    $$;
    create function find_case_by_nonce(in_town uuid, in_nonce bytea)
      returns table (case_id uuid, number text, age_seconds double precision, code_replaced boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.id, c.number, extract(epoch from clock_timestamp() - first.created_at)::double precision, first.ended_at is not null
      from mediation_case c
      join lateral (select created_at, ended_at from access
                    where access.case_id = c.id and purpose = 'case_code' and derived order by created_at limit 1) first on true
      where c.town_id = in_town and c.nonce_hash = in_nonce
    $$;
    revoke execute on function find_case_by_code(uuid, bytea), find_case_by_session(uuid, bytea), find_case_by_nonce(uuid, bytea) from public;
    grant execute on function find_case_by_code(uuid, bytea), find_case_by_session(uuid, bytea), find_case_by_nonce(uuid, bytea) to app_public;
  `.execute(db);
}

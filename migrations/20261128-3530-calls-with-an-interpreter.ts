import { type Kysely, sql } from 'kysely';

// « Être rappelé avec un interprète » before any request (spec §4.8): no case, no number, no code (decision 0030). A number is sealed, read by
// whoever leads, and erased by the night.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table interpreter_call (
      id uuid primary key,
      town_id uuid not null references town,
      language text not null check (language ~ '^[a-z]{2,5}$'),
      moment text not null check (moment in ('any', 'morning', 'afternoon')),
      phone bytea,
      first_name bytea,
      -- Filled as no person fills a form (B-38).
      doubtful boolean not null default false,
      asked_at timestamptz not null,
      due_day date not null,
      due_at timestamptz not null,
      outcome text check (outcome in ('reached', 'not_reached')),
      settled_by uuid references person,
      settled_at timestamptz,
      nonce_hash bytea unique,
      kid text not null,
      -- Gone with the number: nothing of it can be opened again.
      wrapped_key bytea,
      constraint settled_by_somebody check ((outcome is null) = (settled_by is null) and (outcome is null) = (settled_at is null)),
      constraint a_number_until_erased check ((phone is null) = (wrapped_key is null) and (phone is not null or first_name is null))
    );
    -- What is to do, by its day.
    create index call_to_make on interpreter_call (town_id, due_at) where outcome is null;
    -- What the night may have to erase.
    create index call_to_erase on interpreter_call (town_id, asked_at) where phone is not null;
    alter table interpreter_call enable row level security;
    alter table interpreter_call force row level security;
    create policy owner_all on interpreter_call to passerelle_owner using (true) with check (true);
    create policy anybody_asks on interpreter_call for insert to app_public
      with check (town_id = app_town() and outcome is null and phone is not null);
    create policy leaders_read on interpreter_call for select to app_staff using (town_id = app_town() and app_leads());
    create policy leaders_settle on interpreter_call for update to app_staff
      using (town_id = app_town() and app_leads() and outcome is null)
      with check (town_id = app_town() and settled_by = app_person());
    create policy nightly on interpreter_call to app_worker using (town_id = app_town()) with check (town_id = app_town() and phone is null);
    grant insert on interpreter_call to app_public;
    grant select, update (outcome, settled_by, settled_at) on interpreter_call to app_staff;
    grant select, update (phone, first_name, wrapped_key) on interpreter_call to app_worker;

    -- The mail that tells leaders is about no case; whoever asks writes it, and sees of it what « once a day » is told by.
    create policy call_asked on mail for insert to app_public
      with check (town_id = app_town() and template = 'interpreter_call' and case_id is null and person_id is not null);
    create policy same_call_asked on mail for select to app_public
      using (town_id = app_town() and template = 'interpreter_call' and case_id is null);

    -- The same form again is answered like the first time; whoever sends it reads nothing but when that was.
    create function call_asked_with(in_town uuid, in_nonce bytea) returns table (asked_at timestamptz, due_day date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select c.asked_at, c.due_day from interpreter_call c where c.town_id = in_town and c.nonce_hash = in_nonce
    $$;
    revoke execute on function call_asked_with(uuid, bytea) from public;
    grant execute on function call_asked_with(uuid, bytea) to app_public;
  `.execute(db);
}

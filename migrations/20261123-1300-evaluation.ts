import { type Kysely, sql } from 'kysely';

// What people think of the mediation (F7), apart from who they are: `questionnaire` says that one was sent and whether it came back, never
// what it says; `questionnaire_answer` says what was answered, never by whom. F9 is about the work, by its people.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table questionnaire (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      party_id uuid not null references party,
      cycle integer not null,
      opened_at timestamptz not null,
      closes_on date not null,
      answered boolean not null default false,
      unique (party_id, cycle)
    );
    create index questionnaire_by_case on questionnaire (case_id);
    -- No case, no party, no instant: the month, the pair and the kind of case. The ids are random, so that rows do not stand in order.
    create table questionnaire_answer (
      id uuid primary key default gen_random_uuid(),
      town_id uuid not null references town,
      month date not null check (month = date_trunc('month', month)),
      pair text not null check (pair in ('public_institution', 'residents', 'groups', 'one_party')),
      complexity text,
      listened smallint check (listened between 1 and 5),
      could_say smallint check (could_say between 1 and 5),
      understood_free smallint check (understood_free between 1 and 5),
      talk_better smallint check (talk_better between 1 and 5),
      situation text check (situation in ('settled', 'better', 'same', 'worse')),
      institution smallint check (institution between 1 and 5),
      relation smallint check (relation between 0 and 10),
      would_advise boolean,
      words bytea,
      may_quote boolean not null default false
    );
    create table case_evaluation (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      side text not null check (side in ('mediator', 'leader')),
      person_id uuid not null references person,
      marks jsonb not null,
      hours numeric(5, 1) check (hours between 0 and 999),
      mediators_needed numeric(3, 1) check (mediators_needed between 0.5 and 10),
      lesson bytea,
      conclusion bytea,
      at timestamptz not null,
      unique (case_id, cycle, side)
    );

    do $$
    declare t text;
    begin
      foreach t in array array['questionnaire', 'questionnaire_answer', 'case_evaluation'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner_all on %I to passerelle_owner using (true) with check (true)', t);
      end loop;
      foreach t in array array['questionnaire', 'case_evaluation'] loop
        execute format('create policy of_a_visible_case on %I to app_staff using (exists (select 1 from mediation_case c where c.id = case_id)) with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id))', t);
        execute format('grant select, insert on %I to app_staff', t);
      end loop;
    end $$;
    create policy worker on questionnaire to app_worker using (town_id = app_town()) with check (town_id = app_town());
    grant select on questionnaire to app_worker;
    create policy requester on questionnaire to app_public
      using (case_id = app_case() and party_id in (select id from party where case_id = app_case() and side = 'requester')) with check (case_id = app_case());
    create policy own on questionnaire to app_party using (party_id = app_party_id()) with check (party_id = app_party_id());
    grant select on questionnaire to app_public, app_party;
    grant update (answered) on questionnaire to app_public, app_party;
    -- Written by whoever answers, read by nobody here: figures come from aggregates only.
    create policy answers on questionnaire_answer for insert to app_public, app_party with check (town_id = app_town());
    grant insert on questionnaire_answer to app_public, app_party;
    grant select (preventive) on mediation_case to app_public;
    -- The pair a case belongs to, for whoever answers: who the other side is stays unknown to them.
    create function pair_of_case(in_case uuid) returns text
      language sql stable security definer set search_path = public, pg_temp as $$
      select case
        when count(*) < 2 then 'one_party'
        when bool_or(kind in ('institution', 'transport')) then 'public_institution'
        when bool_or(kind = 'group') then 'groups' else 'residents' end
      from party where case_id = in_case and in_case = app_case()
    $$;
    revoke execute on function pair_of_case(uuid) from public;
    grant execute on function pair_of_case(uuid) to app_public, app_party;
  `.execute(db);
}

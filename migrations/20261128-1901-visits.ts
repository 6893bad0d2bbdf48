import { type Kysely, sql } from 'kysely';

// R43: at tension 4 the leader decides before any visit. The decision is a row, with its conditions sealed; the latest one counts, as
// long as no note was written after it.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table visit_decision (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      allowed boolean not null,
      reason bytea not null,
      decided_by uuid not null references person,
      decided_at timestamptz not null
    );
    -- The latest decision of a case, when a visit is planned.
    create index visit_decision_by_case on visit_decision (case_id, decided_at desc);
    alter table visit_decision enable row level security;
    alter table visit_decision force row level security;
    create policy owner_all on visit_decision to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on visit_decision to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    grant select, insert on visit_decision to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// F9: what each would like to learn stands in each column; the common conclusion is a step of its own, after both columns, with the day of
// the meeting and what was decided, and the mediator's word that it was read (R57: signed by both). Superseded by a new row, never edited.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table case_evaluation add column training_need bytea;
    alter table case_evaluation drop column conclusion;
    create table evaluation_conclusion (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      met_on date not null,
      conclusion bytea not null,
      actions bytea,
      written_by uuid not null references person,
      written_at timestamptz not null,
      confirmed_by uuid references person,
      confirmed_at timestamptz
    );
    -- The case page, and the act that confirms: the last one of a cycle.
    create index conclusion_by_case on evaluation_conclusion (case_id, cycle, written_at desc);
    alter table evaluation_conclusion enable row level security;
    alter table evaluation_conclusion force row level security;
    create policy owner_all on evaluation_conclusion to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on evaluation_conclusion to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    grant select, insert on evaluation_conclusion to app_staff;
    grant update (confirmed_by, confirmed_at) on evaluation_conclusion to app_staff;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// The rest of F4 (who else of the team was there, how many took part in a collective action: R12), the day a session was first meant for,
// and the tension a case began and ended with (R21). Notes and checks hold their own.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table session_note add column second_id uuid references person;
    alter table session_note add column participants integer check (participants between 1 and 1000);
    alter table session_note add column action_kind text
      check (action_kind in ('round_table', 'foot_of_building', 'walk', 'workshop', 'event', 'other'));
    -- What was promised during a talk that nobody had planned.
    alter table commitment add column note_id uuid references session_note;
    -- Until when people believe the former day: the news of a move leaves before it.
    alter table mediation_session add column moved_from timestamptz;
    grant update (moved_from) on mediation_session to app_staff;
    grant select (moved_from) on mediation_session to app_public, app_party;

    create table tension_mark (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      cycle integer not null,
      stage text not null check (stage in ('start', 'closing')),
      level smallint not null check (level between 1 and 4),
      at timestamptz not null
    );
    -- The case page draws the whole course of one case.
    create index tension_mark_by_case on tension_mark (case_id, at);
    alter table tension_mark enable row level security;
    alter table tension_mark force row level security;
    create policy owner_all on tension_mark to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on tension_mark to app_staff using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    grant select, insert on tension_mark to app_staff;

    insert into tension_mark (case_id, town_id, cycle, stage, level, at)
    select e.case_id, e.town_id,
      1 + (select count(*) from case_event r where r.case_id = e.case_id and r.seq < e.seq and r.code in ('case_reopened', 'mediation_resumed')),
      'start', (e.data ->> 'tension')::smallint, e.at
    from case_event e where e.code = 'case_accepted' and e.data ->> 'tension' is not null;

    -- Counted back from the due day, which is itself counted from the last agreement (spec §4.4): the same day as before for who agrees and begins at once.
    update ladder_step set anchor = 'due', offset_n = -3
    where kind = 'first_session' and template = 'session_due' and anchor = 'opened' and offset_unit = 'working_day' and offset_n = 12;
  `.execute(db);
}

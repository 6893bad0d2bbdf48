import { type Kysely, sql } from 'kysely';

// An ending stamps all that it ends with its own instant, `closed_at`: what one mistaken ending took (T35) can then be given back, and nothing
// else. The timer ends cases too (T6). A reopened case keeps its history and needs a new yes (T29, R29).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Questions that stand open, of the side the acting role may not read too.
    drop function end_open_questions(uuid);
    create function end_open_questions(in_case uuid, ended timestamptz) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update agreement set state = 'no_answer', answered_at = ended
      where case_id = in_case and town_id = app_town() and state = 'asked'
        and (in_case = app_case() or app_person() is not null or current_setting('role') = 'app_worker')
    $$;
    revoke execute on function end_open_questions(uuid, timestamptz) from public;
    grant execute on function end_open_questions(uuid, timestamptz) to app_public, app_staff, app_worker;

    -- Everything that was agreed to, by anybody; questionnaires go on.
    create function end_agreed_items(in_case uuid, ended timestamptz) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
      update agreement_item set withdrawn_at = ended
      where case_id = in_case and town_id = app_town() and withdrawn_at is null
        and (in_case = app_case() or app_person() is not null)
    $$;
    revoke execute on function end_agreed_items(uuid, timestamptz) from public;
    grant execute on function end_agreed_items(uuid, timestamptz) to app_public, app_staff;

    -- T35 opens the questionnaires again that a withdrawal typed by mistake had ended.
    grant update (closes_on) on questionnaire, partner_questionnaire to app_staff;

    -- T24: a case rests twice in a cycle at most.
    alter table suspension add column cycle integer;
    update suspension s set cycle = (select cycle from mediation_case c where c.id = s.case_id);
    alter table suspension alter column cycle set not null;

    -- T29: six months after a closing that followed a first contact, three after another.
    alter table mediation_case add column reached_at timestamptz;
    update mediation_case c set reached_at = (
      select min(a.at) from contact_attempt a where a.case_id = c.id and a.reached and a.party_id is null);
    update mediation_case set reached_at = coalesce(reached_at, state_since)
    where state in ('agreements', 'support', 'mediation', 'follow_up', 'evaluation')
       or former_state in ('agreements', 'support', 'mediation', 'follow_up', 'evaluation');
    grant update (reached_at) on mediation_case to app_staff;

    -- T33: where else the person is sent, as the person reads it (like T7).
    alter table closing_proposal add column target bytea;

    -- A closing that waits five days for its leader goes to the deputy, like every other decision (spec §4.4).
    insert into ladder_step (town_id, kind, ordinal, anchor, offset_unit, offset_n, audience, action, template)
    select town_id, 'closure_validation', max(ordinal) + 1, 'due', 'working_day', 1, 'deputy', 'escalate', 'decision_late'
    from ladder_step where kind = 'closure_validation' group by town_id
    having not bool_or(audience = 'deputy');
  `.execute(db);
}

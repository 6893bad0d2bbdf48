import { type Kysely, sql } from 'kysely';

const AUDIENCES = `'leader','deputy','mediator','requester','party','referent','substitute','head','coordinator','service'`;
const ACTIONS = `'remind','escalate','return_assignment','close_incomplete','ask_leader','nightly','next_agenda','resume','send_questionnaires',
  'end_questionnaires'`;

// Streams beside the case's own (a request to a partner, a session), and the two guests of a case: the other party and the partner.
// Each guest is a role of its own without any right on identity, story, messages and notes of the requester (lines 2 and 4, spec §3.3):
// need-to-know stands in the grants, whatever a statement asks.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table stream drop constraint stream_id_check;
    alter table stream add constraint stream_id_check check (id ~ '^(referral|daily|partner-request|session)/[0-9a-f-]{36}$');
    alter table deadline drop constraint deadline_waits_for_check;
    alter table deadline add constraint deadline_waits_for_check check (waits_for in (${sql.raw(AUDIENCES)}));
    alter table step drop constraint step_audience_check;
    alter table step add constraint step_audience_check check (audience in (${sql.raw(AUDIENCES)}));
    alter table ladder drop constraint ladder_waits_for_check;
    alter table ladder add constraint ladder_waits_for_check check (waits_for in (${sql.raw(AUDIENCES)}));
    alter table ladder_step drop constraint ladder_step_audience_check;
    alter table ladder_step add constraint ladder_step_audience_check check (audience in (${sql.raw(AUDIENCES)}));
    alter table ladder_step drop constraint ladder_step_action_check;
    alter table ladder_step add constraint ladder_step_action_check check (action in (${sql.raw(ACTIONS)}));
    alter table case_event drop constraint case_event_actor_check;
    alter table case_event add constraint case_event_actor_check
      check (actor in ('requester', 'party', 'partner', 'staff', 'timer', 'service'));

    create function app_party_id() returns uuid language sql stable
      return nullif(current_setting('app.party', true), '')::uuid;
    create function app_contact() returns uuid language sql stable
      return nullif(current_setting('app.contact', true), '')::uuid;
    create function app_organisation() returns uuid language sql stable
      return nullif(current_setting('app.organisation', true), '')::uuid;
    revoke execute on function app_party_id(), app_contact(), app_organisation() from public;
    grant execute on function app_party_id(), app_contact(), app_organisation()
      to app_public, app_party, app_partner, app_staff, app_worker;
    grant execute on function app_town(), app_case(), app_person(), app_teams(), app_granted_cases(), app_leads() to app_party, app_partner;
    grant execute on function town_clock_offset(uuid), business_now(uuid), form_has_acted(uuid, uuid), is_at_work(uuid, timestamptz),
      other_leaders(uuid, timestamptz), leaders_now(uuid, timestamptz), deputies_now(uuid, timestamptz),
      add_day_line(uuid, date, timestamptz, text, text, uuid, uuid, text, date) to app_party, app_partner;
    grant select on town, town_opening, town_closure, ladder, ladder_step to app_party, app_partner;
    grant select (id, town_id, leader_id, deputy_id) on team to app_party, app_partner;
    grant select (id, town_id, first_name, active) on person to app_party, app_partner;
    grant select on person_role to app_party, app_partner;
    grant select on organisation to app_public, app_party, app_partner;
    grant select on organisation_contact to app_partner;

    -- What a command needs of the case it acts on: its place in the procedure and the wrapped key of the texts it writes.
    grant select (id, town_id, number, state, former_state, cycle, danger, minor, waiting_for_partner, suspended, need, complexity, team_id, lead_id, second_id,
                  received_at, closed_at, kid, wrapped_key) on mediation_case to app_party, app_partner;
    grant update (state, state_since, former_state, outcome, waiting_for_partner, suspended, closed_at) on mediation_case to app_party, app_partner;
    grant select, insert on deadline, step, stream to app_party, app_partner;
    grant update (state, settled_at, due_day, due_at, reason) on deadline to app_party, app_partner;
    grant update (state, outcome, acted_at, at) on step to app_party, app_partner;
    grant update (last_seq, closed) on stream to app_party, app_partner;
    grant insert on outbox, case_event to app_party, app_partner;
  `.execute(db);

  await sql`
    do $$
    declare t text;
    begin
      foreach t in array array['town', 'town_opening', 'town_closure', 'ladder', 'ladder_step'] loop
        execute format('create policy guests on %I for select to app_party, app_partner using (true)', t);
      end loop;
      foreach t in array array['team', 'person', 'person_role', 'organisation', 'organisation_contact'] loop
        execute format('create policy guests on %I for select to app_party, app_partner using (town_id = app_town())', t);
      end loop;
      foreach t in array array['deadline', 'step'] loop
        execute format('create policy guests on %I to app_party, app_partner using (case_id = app_case()) with check (case_id = app_case() and town_id = app_town())', t);
      end loop;
    end $$;
    create policy guests on mediation_case to app_party, app_partner
      using (id = app_case() and town_id = app_town()) with check (id = app_case() and town_id = app_town());
    -- A stream of the case, or of something that belongs to it: its deadlines say which case that is.
    drop policy requester on stream;
    create policy guests on stream to app_public, app_party, app_partner
      using (town_id = app_town() and (subject_id = app_case() or exists (select 1 from deadline d where d.stream_id = stream.id and d.case_id = app_case())))
      with check (town_id = app_town());
    create policy guests on outbox for insert to app_party, app_partner with check (town_id = app_town());
    create policy guests on case_event for insert to app_party, app_partner with check (case_id = app_case() and town_id = app_town());
  `.execute(db);
}

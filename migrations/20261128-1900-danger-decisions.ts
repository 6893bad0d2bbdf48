import { type Kysely, sql } from 'kysely';

// A decision after a danger says on which legal ground something is reported (R85, spec §3.6). Decisions from before this release keep
// the ground they were made without. And a danger may be said by anyone (T2): the other party and a partner alert the leader themselves.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table danger_decision add column legal_ground text not null default 'none'
      check (legal_ground in ('none', 'CP_223_6', 'CP_434_1', 'CP_434_3', 'CPP_40', 'CASF_L226_2_1'));
    alter table danger_decision alter column legal_ground drop default;
    alter table danger_decision add constraint a_report_says_its_ground check (decision <> 'report' or legal_ground <> 'none') not valid;

    grant update (danger) on mediation_case to app_party, app_partner;
    -- The alert of the case whose page they are on, to a member of staff, and nothing else.
    create policy danger_alert on mail for insert to app_party, app_partner
      with check (town_id = app_town() and case_id = app_case() and person_id is not null and template = 'danger_alert');
    -- « On conflict » looks for the same alert.
    create policy same_danger_alert on mail for select to app_party, app_partner
      using (town_id = app_town() and case_id = app_case() and person_id is not null and template = 'danger_alert');
    grant select (town_id, dedupe_key) on mail to app_partner;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// Spec §3.6: where somebody of the family or the partner is feared, there is no mediation. One mark, no detail; it always comes with the
// danger, which holds every message, and only a leader's decision with its reason takes it off.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table mediation_case add family_danger boolean not null default false;
    alter table mediation_case add constraint a_feared_family_is_a_danger check (danger or not family_danger);
    grant update (family_danger) on mediation_case to app_public, app_party, app_partner, app_staff, app_worker;

    alter table danger_decision drop constraint danger_decision_decision_check;
    alter table danger_decision add constraint danger_decision_decision_check
      check (decision in ('report', 'orient', 'no_action', 'family_off'));
  `.execute(db);
}

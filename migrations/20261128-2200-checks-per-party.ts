import { type Kysely, sql } from 'kysely';

// F6: the day news was taken, and « je n’essaie plus ». A long case is looked at every thirty working days, held or not (§4.4): the ladder's
// second rung, a town's own changes apart, begins the wait again; the alarm at eighty-five days is a wait of its own.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table follow_up_check add column on_day date;
    update follow_up_check set on_day = (at at time zone t.time_zone)::date from town t where t.id = town_id;
    alter table follow_up_check alter column on_day set not null;
    alter table follow_up_check add column gave_up boolean not null default false;
    alter table follow_up_check add constraint reached_or_given_up check (not (reached and gave_up));

    alter table ladder_step drop constraint ladder_step_action_check;
    alter table ladder_step add constraint ladder_step_action_check check (action in ('remind', 'escalate', 'return_assignment', 'close_incomplete',
      'ask_leader', 'nightly', 'next_agenda', 'resume', 'send_questionnaires', 'end_questionnaires', 'review_again'));
    update ladder_step set offset_n = 30, action = 'review_again', template = 'review_due'
      where kind = 'case_review' and template = 'case_long' and offset_n = 25;
  `.execute(db);
}

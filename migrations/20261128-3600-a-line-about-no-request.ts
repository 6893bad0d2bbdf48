import { type Kysely, sql } from 'kysely';

// Somebody's mail of the day may say what is about no request: a call with an interpreter. One such line a mail, as the row of the mail is held
// while it is looked for.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function add_day_line(in_person uuid, in_day date, in_leaves_at timestamptz, in_key text, in_message_id text,
                                 in_case uuid, in_step uuid, in_template text, in_due_day date) returns boolean
      language plpgsql security definer set search_path = public, pg_temp as $$
      declare found_mail uuid;
      begin
        insert into mail (town_id, person_id, template, reminder_day, dedupe_key, message_id, not_before)
        select app_town(), person.id, 'day', in_day, in_key, in_message_id, in_leaves_at
        from person where person.id = in_person and person.town_id = app_town()
        on conflict do nothing;
        select id into found_mail from mail
        where town_id = app_town() and dedupe_key = in_key and state = 'queued' for update;
        if found_mail is null then
          return false;
        end if;
        if in_case is null then
          insert into mail_item (mail_id, town_id, template, created_at)
          select found_mail, app_town(), in_template, business_now(app_town())
          where not exists (select 1 from mail_item where mail_id = found_mail and case_id is null and template = in_template);
          return true;
        end if;
        insert into mail_item (mail_id, town_id, case_id, step_id, template, due_day, created_at)
        select found_mail, app_town(), c.id, in_step, in_template, in_due_day, business_now(app_town())
        from mediation_case c where c.id = in_case and c.town_id = app_town()
        on conflict (mail_id, case_id, template, coalesce(subject_id, '00000000-0000-0000-0000-000000000000'))
          do update set due_day = excluded.due_day;
        return true;
      end $$;
  `.execute(db);
}

import { type Kysely, sql } from 'kysely';

// The one way a line gets into somebody's mail of the day, for every role: the row that stands there is met whichever unique index saw
// it first, and is locked, so that it cannot leave between the look and the line.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function add_day_line(in_person uuid, in_day date, in_leaves_at timestamptz, in_key text, in_message_id text,
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
        insert into mail_item (mail_id, town_id, case_id, step_id, template, due_day, created_at)
        select found_mail, app_town(), c.id, in_step, in_template, in_due_day, business_now(app_town())
        from mediation_case c where c.id = in_case and c.town_id = app_town()
        on conflict (mail_id, case_id, template) do update set due_day = excluded.due_day;
        return true;
      end $$;
    revoke execute on function add_day_line(uuid, date, timestamptz, text, text, uuid, uuid, text, date) from public;
    grant execute on function add_day_line(uuid, date, timestamptz, text, text, uuid, uuid, text, date)
      to app_public, app_staff, app_worker;
  `.execute(db);
}

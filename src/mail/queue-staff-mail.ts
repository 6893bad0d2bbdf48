import { sql } from 'kysely';
import { instantAt, isOpen, isWorkingDay, localDay, nextOpening } from '../calendar/town-calendar.ts';
import type { TownTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { messageIdFor } from './message-id.ts';
import type { DayItem, StaffNowTemplate } from './templates.ts';

/** Steps of all cases act between 9:00 and 9:20; the day's one mail leaves after them, with everything in it. */
const GATHERED_AT = '09:21';
const WINDOW_ENDS = '17:30';

export type DayLine = { caseId: string; template: DayItem; stepId?: string; dueDay?: string };
export type Line = { written: true } | { written: false; reason: 'mail_of_the_day_already_left' | 'after_hours' };

/**
 * Adds a line to the one reminder mail this person gets today, opening that mail if needed (architecture.md, "Mail").
 * After the day's mail has left, or outside the message window, the line waits in the worklist only, and the answer says so.
 */
export async function addToDayMail(tx: TownTx, policy: TownPolicy, personId: string, line: DayLine): Promise<Line> {
  const day = localDay(policy.calendar, tx.now);
  const gathered = instantAt(policy.calendar, day, GATHERED_AT);
  if (tx.now > instantAt(policy.calendar, day, WINDOW_ENDS)) return { written: false, reason: 'after_hours' };
  if (!isWorkingDay(policy.calendar, day)) return { written: false, reason: 'after_hours' };
  const key = `person/${personId}/day/${day}`;
  const written = await sql<{ id: string }>`
    with opened as (
      insert into mail (town_id, person_id, template, reminder_day, dedupe_key, message_id, not_before)
      values (${tx.actor.townId}, ${personId}, 'day', ${day}, ${key}, ${messageIdFor(tx.actor.townId, key)},
              ${tx.now > gathered ? tx.now : gathered})
      on conflict (town_id, dedupe_key) do update set state = mail.state
      returning id, state
    )
    insert into mail_item (mail_id, town_id, case_id, step_id, template, due_day, created_at)
    select id, ${tx.actor.townId}::uuid, ${line.caseId}::uuid, ${line.stepId ?? null}::uuid, ${line.template},
           ${line.dueDay ?? null}::date, ${tx.now}::timestamptz
    from opened where state = 'queued'
    on conflict (mail_id, case_id, template) do update set due_day = excluded.due_day
    returning id`.execute(tx.db);
  return written.rows.length > 0 ? { written: true } : { written: false, reason: 'mail_of_the_day_already_left' };
}

/**
 * Puts a mail to one member of staff into the ledger, alone and never held back by the day's mail: assignments at once, danger at
 * once in opening hours and otherwise at the next opening (spec §4.4).
 */
export async function queueStaffMail(
  tx: TownTx,
  policy: TownPolicy,
  mail: { personId: string; caseId: string; template: StaffNowTemplate; key: string; inOpeningHours: boolean },
): Promise<void> {
  const open = !mail.inOpeningHours || isOpen(policy.calendar, tx.now);
  const dedupeKey = `person/${mail.personId}/${mail.template}/${mail.caseId}/${mail.key}`;
  await tx.db
    .insertInto('mail')
    .values({
      town_id: tx.actor.townId,
      case_id: mail.caseId,
      person_id: mail.personId,
      template: mail.template,
      reminder_day: null,
      dedupe_key: dedupeKey,
      message_id: messageIdFor(tx.actor.townId, dedupeKey),
      not_before: open ? tx.now : nextOpening(policy.calendar, tx.now),
      lease_until: null,
      reply_code: null,
      accepted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['town_id', 'dedupe_key']).doNothing())
    .execute();
}

import { sql } from 'kysely';
import { addWorkingDays, instantAt, isWorkingDay, localDay } from '../calendar/town-calendar.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { messageIdFor } from './message-id.ts';
import { isFirstLine, type PartnerItem } from './templates.ts';

const GATHERED_AT = '09:21';
const WINDOW_ENDS = '17:30';
const DAYS_AHEAD = 5;

export type ContactLine = { caseId: string; requestId: string; template: PartnerItem; stepId?: string; dueDay: string };

/**
 * Adds a line to the one mail this contact gets on a business day (spec §4.4). A new request is never held back: its line lets the day's
 * mail leave now, or leaves alone where that mail has left. Reminders wait for the next working day instead.
 */
export async function addToContactMail(
  tx: WorkerTx,
  policy: TownPolicy,
  contactId: string,
  line: ContactLine,
): Promise<void> {
  const { calendar } = policy;
  const today = localDay(calendar, tx.now);
  if (isFirstLine(line.template)) {
    if (await add(tx, { contactId, day: today, leavesAt: tx.now, key: `contact/${contactId}/day/${today}` }, line))
      return;
    const key = `contact/${contactId}/request/${line.requestId}/${line.stepId ?? 'asked'}`;
    await add(tx, { contactId, day: null, leavesAt: tx.now, key }, line);
    return;
  }
  const stillToday = isWorkingDay(calendar, today) && tx.now <= instantAt(calendar, today, WINDOW_ENDS);
  for (let ahead = stillToday ? 0 : 1; ahead < DAYS_AHEAD; ahead += 1) {
    const day = ahead === 0 ? today : addWorkingDays(calendar, today, ahead);
    const gathered = instantAt(calendar, day, GATHERED_AT);
    const leavesAt = tx.now > gathered ? tx.now : gathered;
    if (await add(tx, { contactId, day, leavesAt, key: `contact/${contactId}/day/${day}` }, line)) return;
  }
  throw new Error('mails of days to come have left');
}

/** @returns false when that mail has left, or is leaving. */
async function add(
  tx: WorkerTx,
  mail: { contactId: string; day: string | null; leavesAt: Date; key: string },
  line: ContactLine,
): Promise<boolean> {
  const added = await sql<{ added: boolean }>`
    select add_contact_line(${mail.contactId}::uuid, ${mail.day}::date, ${mail.leavesAt}::timestamptz, ${mail.key},
      ${messageIdFor(tx.actor.townId, mail.key)}, ${line.caseId}::uuid, ${line.requestId}::uuid, ${line.stepId ?? null}::uuid,
      ${line.template}, ${line.dueDay}::date) as added`.execute(tx.db);
  return added.rows[0]?.added === true;
}

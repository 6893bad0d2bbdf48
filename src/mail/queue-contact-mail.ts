import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { onFirstMailDay } from './mail-days.ts';
import { messageIdFor } from './message-id.ts';
import { isFirstLine, type PartnerItem } from './templates.ts';

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
  if (isFirstLine(line.template)) {
    const today = localDay(policy.calendar, tx.now);
    if (await add(tx, { contactId, day: today, leavesAt: tx.now, key: `contact/${contactId}/day/${today}` }, line))
      return;
    const key = `contact/${contactId}/request/${line.requestId}/${line.stepId ?? 'asked'}`;
    await add(tx, { contactId, day: null, leavesAt: tx.now, key }, line);
    return;
  }
  await onFirstMailDay(policy, tx.now, (mail) =>
    add(tx, { contactId, ...mail, key: `contact/${contactId}/day/${mail.day}` }, line),
  );
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

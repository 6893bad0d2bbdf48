import { sql } from 'kysely';
import { isOpen, nextOpening } from '../calendar/town-calendar.ts';
import type { TownTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { onFirstMailDay } from './mail-days.ts';
import { messageIdFor } from './message-id.ts';
import { type DayItem, isAlert, type StaffNowTemplate, type TownItem } from './templates.ts';

export type DayLine =
  | { caseId: string; template: DayItem; stepId?: string; dueDay?: string }
  /** About no request: one such line a mail. */
  | { caseId: null; template: TownItem; stepId?: never; dueDay?: never };

/**
 * Adds a line to the one reminder mail this person gets on a business day, opening that mail if needed (architecture.md, "Mail").
 * After the day's mail has left, in the evening or on a closed day the line stands in the next one: nothing is dropped.
 */
export async function addToDayMail(tx: TownTx, policy: TownPolicy, personId: string, line: DayLine): Promise<void> {
  await onFirstMailDay(policy, tx.now, (mail) => addToMailOf(tx, { personId, ...mail }, line));
}

/** @returns false when that mail has left, or is leaving. */
async function addToMailOf(
  tx: TownTx,
  { personId, day, leavesAt }: { personId: string; day: string; leavesAt: Date },
  line: DayLine,
): Promise<boolean> {
  const key = `person/${personId}/day/${day}`;
  const added = await sql<{ added: boolean }>`
    select add_day_line(${personId}, ${day}, ${leavesAt}, ${key}, ${messageIdFor(tx.actor.townId, key)},
                        ${line.caseId}, ${line.stepId ?? null}, ${line.template}, ${line.dueDay ?? null}) as added`.execute(
    tx.db,
  );
  return added.rows[0]?.added === true;
}

/**
 * Puts a mail to one member of staff into the ledger, alone and never held back by the day's mail: assignments at once, danger at
 * once in opening hours and otherwise at the next opening (spec §4.4).
 */
export async function queueStaffMail(
  tx: TownTx,
  policy: TownPolicy,
  mail: { personId: string; caseId: string; template: StaffNowTemplate; key: string },
): Promise<void> {
  const open = !isAlert(mail.template) || isOpen(policy.calendar, tx.now);
  await queueAlone(tx, {
    ...mail,
    key: `${mail.caseId}/${mail.key}`,
    notBefore: open ? tx.now : nextOpening(policy.calendar, tx.now),
  });
}

/**
 * Tells a person, in their own mailbox, that a code for their access was made: whoever did not expect it learns that somebody else
 * may be about to enter under their name. The code itself is given by hand.
 */
export async function queueInvitationMail(tx: TownTx, personId: string): Promise<void> {
  await queueAlone(tx, {
    caseId: null,
    personId,
    template: 'invitation',
    key: String(tx.now.getTime()),
    notBefore: tx.now,
  });
}

async function queueAlone(
  tx: TownTx,
  mail: { personId: string; caseId: string | null; template: StaffNowTemplate; key: string; notBefore: Date },
): Promise<void> {
  const dedupeKey = `person/${mail.personId}/${mail.template}/${mail.key}`;
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
      not_before: mail.notBefore,
      lease_until: null,
      reply_code: null,
      accepted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['town_id', 'dedupe_key']).doNothing())
    .execute();
}

import { isActive } from '../cases/case-status.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { type HoldReason, mayWrite } from './may-write.ts';
import { messageIdFor } from './message-id.ts';
import type { CodeTemplate, RequesterTemplate } from './templates.ts';

export type Queued = { sent: true; mailId: string } | { sent: false; reason: HoldReason | 'already_queued' };

/**
 * Puts a mail to the requester into the ledger, or, where nothing may be written, makes a call task with the same purpose.
 * @param key what makes this mail one event: the same key never gives two mails (line 5 of architecture.md).
 */
export async function queueRequesterMail(
  tx: TownTx,
  policy: TownPolicy,
  theCase: Pick<LockedCase, 'id' | 'danger' | 'cycle' | 'state'>,
  mail: { template: RequesterTemplate | CodeTemplate; key: string; call: boolean },
): Promise<Queued> {
  const person = await tx.db
    .selectFrom('case_identity')
    .select(['age_group as ageGroup', 'contact_ways as contactWays', 'precautions', 'email_hash as emailHash'])
    .where('case_id', '=', theCase.id)
    .executeTakeFirstOrThrow();
  const decision = mayWrite({ ...person, danger: theCase.danger, hasEmail: person.emailHash !== null });
  if (!decision.write) {
    if (mail.call) {
      await openDeadline(tx, policy, {
        caseId: theCase.id,
        kind: 'task_call_requester',
        reason: mail.template,
        quiet: !isActive(theCase.state),
      });
    }
    return { sent: false, reason: decision.reason };
  }
  const mailId = crypto.randomUUID();
  const dedupeKey = `case/${theCase.id}/${theCase.cycle}/${mail.template}/${mail.key}`;
  const inserted = await tx.db
    .insertInto('mail')
    .values({
      id: mailId,
      town_id: tx.actor.townId,
      case_id: theCase.id,
      person_id: null,
      template: mail.template,
      reminder_day: null,
      dedupe_key: dedupeKey,
      message_id: messageIdFor(tx.actor.townId, dedupeKey),
      not_before: tx.now,
      lease_until: null,
      reply_code: null,
      accepted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['town_id', 'dedupe_key']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return { sent: false, reason: 'already_queued' };
  return { sent: true, mailId };
}

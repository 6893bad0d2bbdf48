import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { askToCall } from './ask-to-call.ts';
import { type HoldReason, mayWrite } from './may-write.ts';
import { messageIdFor } from './message-id.ts';
import { mayLeaveAt } from './resident-hours.ts';
import type { CodeTemplate, RequesterTemplate } from './templates.ts';

/** What decides whether a mail about a case may be written, and who calls instead. */
export type CaseOfMail = Pick<LockedCase, 'id' | 'danger' | 'familyDanger' | 'requesterFeared' | 'cycle' | 'state'>;

export type Queued = { sent: true; mailId: string } | { sent: false; reason: HoldReason | 'already_queued' };

/**
 * A mail to somebody who asked for help or was asked to take part.
 * `key`: what makes it one event, the same key never gives two mails (line 5 of architecture.md). `call`: where nothing may be written,
 * somebody calls. `subjectId`: the session or the questionnaire it speaks of. `notBefore`: where its sender knows better than its template when it
 * may leave.
 */
export type ResidentMail = {
  template: RequesterTemplate | CodeTemplate;
  key: string;
  call: boolean;
  subjectId?: string;
  notBefore?: Date;
};

/**
 * Puts a mail to the requester into the ledger, or, where nothing may be written, makes a call task with the same purpose.
 */
export async function queueRequesterMail(
  tx: TownTx,
  policy: TownPolicy,
  theCase: CaseOfMail,
  mail: ResidentMail,
): Promise<Queued> {
  const person = await tx.db
    .selectFrom('case_identity')
    .select(['age_group as ageGroup', 'contact_ways as contactWays', 'precautions', 'email_hash as emailHash'])
    .where('case_id', '=', theCase.id)
    .executeTakeFirstOrThrow();
  const decision = mayWrite({ ...person, danger: theCase.danger, hasEmail: person.emailHash !== null });
  if (!decision.write) {
    // A place signalled without a name has nobody to call.
    if (mail.call && person.contactWays.length > 0) await askToCall(tx, policy, theCase, undefined, mail.template);
    return { sent: false, reason: decision.reason };
  }
  return insertMail(tx, policy, theCase, mail, null);
}

/** @param partyId the party it is for; none for the requester. */
export async function insertMail(
  tx: TownTx,
  policy: TownPolicy,
  theCase: Pick<LockedCase, 'id' | 'cycle'>,
  mail: ResidentMail,
  partyId: string | null,
): Promise<Queued> {
  const mailId = crypto.randomUUID();
  const to = partyId ? `/party/${partyId}` : '';
  const dedupeKey = `case/${theCase.id}/${theCase.cycle}${to}/${mail.template}/${mail.key}`;
  const inserted = await tx.db
    .insertInto('mail')
    .values({
      id: mailId,
      town_id: tx.actor.townId,
      case_id: theCase.id,
      person_id: null,
      party_id: partyId,
      subject_id: mail.subjectId ?? null,
      template: mail.template,
      reminder_day: null,
      dedupe_key: dedupeKey,
      message_id: messageIdFor(tx.actor.townId, dedupeKey),
      not_before: mail.notBefore ?? mayLeaveAt(policy, mail.template, tx.now),
      lease_until: null,
      reply_code: null,
      accepted_at: null,
    })
    .onConflict((conflict) => conflict.columns(['town_id', 'dedupe_key']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return { sent: false, reason: 'already_queued' };
  return { sent: true, mailId };
}

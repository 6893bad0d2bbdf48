import { localDay } from '../calendar/town-calendar.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { PendingStep, StepOutcome } from '../deadlines/pending-step.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { addToContactMail } from '../mail/queue-contact-mail.ts';
import { addToDayMail } from '../mail/queue-staff-mail.ts';
import { PARTNER_ITEMS } from '../mail/templates.ts';
import { addressees } from '../deadlines/audience.ts';
import { blockedStep } from '../deadlines/blocked-step.ts';
import { partnerRequestStream, requestOfStream } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { changeRequest, isHeld } from './wait-for-partner.ts';
import { type Rung, whoIsAsked } from './who-is-asked.ts';

/** A step of the ladder of §4.4, to the people of the organisation who are there: written, passed on, or a task where nobody is. */
export async function tellPartner(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
  rung: Rung,
): Promise<StepOutcome> {
  const template = PARTNER_ITEMS.find((known) => known === step.template);
  if (!template) throw new Error(`no mail to a partner is called ${step.template}`);
  const request = await requestOf(tx, step);
  const asked = await whoIsAsked(tx, request.organisationId, rung, localDay(policy.calendar, tx.now));
  // It has closed, or its people are all away.
  if (asked.contacts.length === 0) return blockedStep(tx, policy, theCase.id, { template, requestId: request.id });
  for (const contactId of asked.contacts)
    await addToContactMail(tx, policy, contactId, {
      caseId: theCase.id,
      requestId: request.id,
      template,
      stepId: step.id,
      dueDay: template === 'partner_action' ? step.dueDay : request.dueDay,
    });
  return asked.instead ? 'passed_on' : 'written';
}

/**
 * Twelve working days late: the leader and the coordinator are told, the request stands on the next agenda of the operational group, and no
 * more mail goes to the organisation (spec §4.4).
 */
export async function putOnAgenda(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const request = await requestOf(tx, step);
  await tx.db
    .insertInto('go_item')
    .values({
      town_id: tx.actor.townId,
      kind: 'late_request',
      organisation_id: request.organisationId,
      request_id: request.id,
      since: tx.now,
      settled_at: null,
    })
    // It was there before, was answered, and is silent again.
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet({ since: tx.now, settled_at: null }))
    .execute();
  await tx.db.updateTable('partner_request').set({ silent_since: tx.now }).where('id', '=', request.id).execute();
  // The mediator is held no longer: what they wait for goes on without this answer.
  if (theCase.waitingForPartner && !(await isHeld(tx, theCase.id)))
    await changeRequest(tx, policy, theCase, {
      requestId: request.id,
      by: 'service',
      code: 'partner_silent',
      closes: false,
      data: { organisation: request.organisationId },
    });
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_partner_silent',
    requestId: request.id,
    announce: [{ audience: 'leader', template: 'partner_silent' }],
  });
  for (const personId of await addressees(tx, theCase, 'coordinator'))
    await addToDayMail(tx, policy, personId, { caseId: theCase.id, template: 'partner_silent', stepId: step.id });
  return 'on_agenda';
}

/** The day of an action is three working days behind, and nobody said that it is done: the mediator asks, and the wait is theirs. */
export async function askAboutAction(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const request = await requestOf(tx, step);
  await settleStream(tx, partnerRequestStream(request.id), 'cancelled');
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_partner_action',
    requestId: request.id,
    announce: [{ audience: 'mediator', template: 'partner_action_late' }],
  });
  return 'task_made';
}

async function requestOf(
  tx: WorkerTx,
  step: PendingStep,
): Promise<{ id: string; organisationId: string; dueDay: string }> {
  return tx.db
    .selectFrom('partner_request')
    .select(['id', 'organisation_id as organisationId', 'due_day as dueDay'])
    .where('id', '=', requestOfStream(step.streamId) ?? '')
    .executeTakeFirstOrThrow();
}

import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { tellPartner } from '../partners/tell-partner.ts';
import { tellSession } from '../sessions/tell-session.ts';
import { tellOtherParties } from '../parties/tell-parties.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { addToDayMail, queueStaffMail } from '../mail/queue-staff-mail.ts';
import {
  type DayItem,
  FIRST_NEWS,
  REQUESTER_TEMPLATES,
  type RequesterTemplate,
  STAFF_NOW_TEMPLATES,
  type StaffNowTemplate,
} from '../mail/templates.ts';
import { addressees } from './audience.ts';
import { blockedStep } from './blocked-step.ts';
import type { PendingStep, StepOutcome } from './pending-step.ts';
import type { TownPolicy } from './town-policy.ts';

/** A reminder or an escalation, to whomever the step speaks to: at once, as a line of the day's mail, or not, with its reason. */
export async function tell(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  if (step.audience === 'party' && step.streamId.startsWith('session/')) return tellSession(tx, policy, theCase, step);
  if (step.audience === 'requester' || step.audience === 'party') return tellResident(tx, policy, theCase, step);
  if (step.audience === 'referent' || step.audience === 'substitute' || step.audience === 'head')
    return tellPartner(tx, policy, theCase, step, step.audience);
  // Before there is a mediator, whoever leads does what would be theirs.
  const audience = step.audience === 'mediator' && !theCase.leadId ? 'leader' : step.audience;
  const people = await addressees(tx, theCase, audience);
  if (people.length === 0 && audience === 'mediator') return blockedStep(tx, policy, theCase.id, step);
  const now = STAFF_NOW_TEMPLATES.find((known): known is StaffNowTemplate => known === step.template);
  // A ladder's template is one of the day's lines; the town file's schema refuses others.
  const line = { caseId: theCase.id, template: step.template as DayItem, stepId: step.id, dueDay: step.dueDay };
  for (const personId of people)
    await (now
      ? queueStaffMail(tx, policy, { personId, caseId: theCase.id, template: now, key: step.id })
      : addToDayMail(tx, policy, personId, line));
  return people.length === 0 ? 'nobody_to_tell' : 'written';
}

/** The person who asked, or the party the wait is about: a mail, or a call where nothing may be written. */
async function tellResident(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const template = REQUESTER_TEMPLATES.find((known): known is RequesterTemplate => known === step.template);
  if (!template) throw new Error(`no mail to a resident is called ${step.template}`);
  const mail = { template, key: `${step.deadline_id}/${step.ordinal}`, call: !FIRST_NEWS.includes(template) };
  if (step.audience === 'party' && !step.partyId) return tellOtherParties(tx, policy, theCase, mail);
  const party =
    step.audience === 'party'
      ? await tx.db.selectFrom('party').select(['id', 'side']).where('id', '=', step.partyId).executeTakeFirst()
      : undefined;
  const queued = party
    ? await queuePartyMail(tx, policy, theCase, party, mail)
    : await queueRequesterMail(tx, policy, theCase, mail);
  return queued.sent ? 'written' : queued.reason;
}

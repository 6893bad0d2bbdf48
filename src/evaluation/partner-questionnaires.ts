import { localDay } from '../calendar/town-calendar.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { PendingStep, StepOutcome } from '../deadlines/pending-step.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { addToContactMail } from '../mail/queue-contact-mail.ts';
import { OPINION_ITEMS } from '../mail/templates.ts';
import { whoIsAsked } from '../partners/who-is-asked.ts';
import { closingDay } from './open-questionnaires.ts';

/**
 * F8 for each organisation that was asked something in this cycle and is still there, whether it answered or not: what kept it from taking
 * part is one of the questions. It holds nothing back (spec §4.4, T28).
 */
export async function openPartnerQuestionnaires(tx: StaffTx, policy: TownPolicy, theCase: LockedCase): Promise<void> {
  const asked = await tx.db
    .selectFrom('partner_request as r')
    .innerJoin('organisation as o', 'o.id', 'r.organisation_id')
    .distinctOn('r.organisation_id')
    .select(['r.id', 'r.organisation_id as organisationId'])
    .where('r.case_id', '=', theCase.id)
    .where('r.state', '!=', 'cancelled')
    .where('o.ended_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('partner_questionnaire as before').select('before.id').whereRef('before.request_id', '=', 'r.id'),
        ),
      ),
    )
    .orderBy('r.organisation_id')
    .orderBy('r.sent_at', 'desc')
    .execute();
  if (asked.length === 0) return;
  await tx.db
    .insertInto('partner_questionnaire')
    .values(
      asked.map(({ id, organisationId }) => ({
        case_id: theCase.id,
        town_id: tx.actor.townId,
        organisation_id: organisationId,
        request_id: id,
        cycle: theCase.cycle,
        opened_at: tx.now,
        closes_on: closingDay(policy, tx.now),
      })),
    )
    .onConflict((conflict) => conflict.columns(['case_id', 'organisation_id', 'cycle']).doNothing())
    .execute();
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'partner_opinion' });
}

/** The questionnaire, or one of its two reminders, as a line of the day's mail of whoever is there for each organisation that has not answered. */
export async function sendPartnerQuestionnaires(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const template = OPINION_ITEMS.find((known) => known === step.template);
  if (!template) throw new Error(`no questionnaire to a partner is called ${step.template}`);
  const open = await tx.db
    .selectFrom('partner_questionnaire')
    .select(['request_id as requestId', 'organisation_id as organisationId', 'closes_on as dueDay'])
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .where('answered', '=', false)
    .orderBy('organisation_id')
    .execute();
  let outcome: StepOutcome = 'nobody_to_tell';
  for (const { requestId, organisationId, dueDay } of open) {
    const { contacts } = await whoIsAsked(tx, organisationId, 'referent', localDay(policy.calendar, tx.now));
    const [contactId] = contacts;
    if (!contactId) continue;
    await addToContactMail(tx, policy, contactId, { caseId: theCase.id, requestId, template, stepId: step.id, dueDay });
    outcome = 'written';
  }
  return outcome;
}

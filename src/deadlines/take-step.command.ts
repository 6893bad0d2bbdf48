import { type RawBuilder, sql } from 'kysely';
import { type LockedCase, lockCaseOfStep } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import { OWED_NEWS } from '../mail/templates.ts';
import { requestOfStream } from '../outbox/streams.ts';
import { askLeader, closeIncomplete, endQuestionnaires, returnAssignment, reviewAgain } from './end-wait.ts';
import { resume } from '../cases/suspend.command.ts';
import { sendQuestionnaires } from '../evaluation/open-questionnaires.ts';
import { sendPartnerQuestionnaires } from '../evaluation/partner-questionnaires.ts';
import { restartIfLate, whoWasAsked } from '../partners/step-of-request.ts';
import { settleAck } from '../partners/settle-ack.ts';
import { askAboutAction, putOnAgenda } from '../partners/tell-partner.ts';
import { grantDeputy } from './grant-deputy.ts';
import { notCalled } from './not-called.ts';
import type { PendingStep, StepOutcome } from './pending-step.ts';
import { tell } from './tell-step.ts';
import type { TownPolicy } from './town-policy.ts';
import { writeStepDown } from './write-step-down.ts';

/**
 * Takes one due step of a case. Safe to call again: a step that is no longer pending is a no-op, so is one whose deadline a
 * person settled meanwhile. Written down on the case either way (architecture.md, "Rows decide when").
 */
export async function takeStep(ctx: CommandContext, townId: string, stepId: string): Promise<void> {
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const theCase = await lockCaseOfStep(tx, stepId);
    if (!theCase) return;
    const step = await pendingStep(tx, stepId);
    if (!step || step.at > tx.now) return;
    const requestId = requestOfStream(step.streamId);
    const moved = requestId && !step.overtaken ? await restartIfLate(tx, policy, requestId, step) : undefined;
    const outcome = await outcomeOf(tx, policy, theCase, step);
    // It is asked once: after that nobody waits for it, only for the answer.
    if (requestId && step.kind === 'partner_ack') await settleAck(tx, requestId, 'cancelled');
    await writeStepDown(tx, theCase.id, step, outcome, {
      ...(requestId ? await whoWasAsked(tx, requestId, stepId) : {}),
      ...(moved ? { due: moved } : {}),
    });
    crashPoint('step.before_commit');
  });
  crashPoint('step.after_commit');
}

/** `hidden`: a call nobody makes, because a family is feared. */
type DueStep = PendingStep & { overtaken: boolean; hidden: boolean };

async function outcomeOf(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase, step: DueStep): Promise<StepOutcome> {
  if (step.overtaken) return 'overtaken';
  return step.hidden ? 'danger' : act(tx, policy, theCase, step);
}

async function pendingStep(tx: WorkerTx, stepId: string): Promise<DueStep | undefined> {
  return tx.db
    .selectFrom('step')
    .innerJoin('deadline as d', 'd.id', 'step.deadline_id')
    .innerJoin('mediation_case as c', 'c.id', 'd.case_id')
    .select(['step.id', 'step.case_id', 'step.deadline_id', 'step.ordinal', 'step.at', 'step.audience', 'step.action'])
    .select(['step.template', 'd.due_day as dueDay', 'd.kind', 'd.party_id as partyId'])
    .select('step.stream_id as streamId')
    .select([isOvertaken(tx.now).as('overtaken'), notCalled.as('hidden')])
    .where('step.id', '=', stepId)
    .where('step.state', '=', 'pending')
    .where((where) =>
      where.or([
        where('d.state', '=', 'open'),
        where.and([where('d.state', '=', 'met'), where('step.template', 'in', OWED_NEWS)]),
      ]),
    )
    .executeTakeFirst();
}

/**
 * After down-time only the latest reminder to the same audience speaks (spec §4.13, invariant 6). A request to an organisation is one
 * ladder whoever its rungs speak to: a later one that is due, « plus de courriel » too, says it all.
 */
function isOvertaken(now: Date): RawBuilder<boolean> {
  return sql`step.ordinal > 0 and exists (
    select 1 from step later
    where later.state = 'pending' and later.ordinal > 0 and later.at <= ${now}::timestamptz
      and case when step.stream_id like 'partner-request/%'
        then later.stream_id = step.stream_id and (later.at, later.ordinal) > (step.at, step.ordinal)
        else step.action in ('remind', 'send_questionnaires') and later.deadline_id = step.deadline_id
          and later.audience = step.audience and later.ordinal > step.ordinal end)`;
}

async function act(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase, step: PendingStep): Promise<StepOutcome> {
  switch (step.action) {
    case 'remind':
      return tell(tx, policy, theCase, step);
    case 'escalate':
      if (step.kind === 'partner_action') return askAboutAction(tx, policy, theCase, step);
      await grantDeputy(tx, theCase, step);
      return tell(tx, policy, theCase, step);
    case 'return_assignment':
      return returnAssignment(tx, policy, theCase);
    case 'close_incomplete':
      return closeIncomplete(tx, policy, theCase);
    case 'send_questionnaires':
      return step.audience === 'referent'
        ? sendPartnerQuestionnaires(tx, policy, theCase, step)
        : sendQuestionnaires(tx, policy, theCase, step);
    case 'end_questionnaires':
      return endQuestionnaires(tx, theCase, step.kind === 'opinions' ? 'opinions' : 'partner_opinion');
    case 'next_agenda':
      return putOnAgenda(tx, policy, theCase, step);
    case 'resume':
      await resume(tx, policy, theCase, 'timer');
      return tell(tx, policy, theCase, step);
    case 'ask_leader':
      return askLeader(tx, policy, theCase, step.template, step.partyId);
    case 'review_again':
      return reviewAgain(tx, policy, theCase, step);
    case 'nightly':
      throw new Error(`no step of a case acts so: ${step.action}`);
  }
}

import { applyTransition } from '../cases/apply-transition.ts';
import { isActive } from '../cases/case-status.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import type { StepTable } from '../db/tables/deadline.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import { addToDayMail, queueStaffMail } from '../mail/queue-staff-mail.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import {
  type DayItem,
  REQUESTER_TEMPLATES,
  type RequesterTemplate,
  STAFF_NOW_TEMPLATES,
  type StaffNowTemplate,
} from '../mail/templates.ts';
import { recordChange } from '../outbox/record-change.ts';
import { addressees } from './audience.ts';
import { openDeadline } from './open-deadline.ts';
import { settleDeadlines } from './settle-deadlines.ts';
import type { DeadlineKind } from './kinds.ts';
import type { TownPolicy } from './town-policy.ts';

type PendingStep = Pick<StepTable, 'case_id' | 'deadline_id' | 'ordinal' | 'audience' | 'action' | 'template'> & {
  id: string;
  at: Date;
  dueDay: string;
  kind: string;
};

/** What a step came to, as a code people read on the case. */
export type StepOutcome =
  | 'written'
  | 'returned'
  | 'closed'
  | 'task_made'
  | 'nobody_to_tell'
  | 'overtaken'
  | 'mail_of_the_day_already_left'
  | 'after_hours'
  | 'already_queued'
  | 'danger'
  | 'minor'
  | 'asked_not_to_write'
  | 'no_address';

/**
 * Takes one due step of a case. Safe to call again: a step that is no longer pending is a no-op, so is one whose deadline a
 * person settled meanwhile. Written down on the case either way (architecture.md, "Rows decide when").
 */
export async function takeStep(ctx: CommandContext, townId: string, stepId: string): Promise<void> {
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const caseId = await caseOfStep(tx, stepId);
    if (!caseId) return;
    const theCase = await lockCase(tx, caseId);
    const step = await pendingStep(tx, stepId);
    if (!step || step.at > tx.now) return;
    const outcome = (await isOvertaken(tx, step)) ? 'overtaken' : await act(tx, policy, theCase, step);
    await settleStep(tx, step, outcome);
    if (outcome !== 'returned' && outcome !== 'closed') {
      await recordChange(tx, {
        caseId,
        code: outcome === 'written' || outcome === 'task_made' ? 'step_taken' : 'step_skipped',
        actor: 'timer',
        closes: !isActive(theCase.state),
        data: { kind: step.kind, action: step.action, audience: step.audience, template: step.template, outcome },
      });
    }
    crashPoint('step.before_commit');
  });
  crashPoint('step.after_commit');
}

async function caseOfStep(tx: WorkerTx, stepId: string): Promise<string | undefined> {
  const row = await tx.db.selectFrom('step').select('case_id').where('id', '=', stepId).executeTakeFirst();
  return row?.case_id ?? undefined;
}

async function pendingStep(tx: WorkerTx, stepId: string): Promise<PendingStep | undefined> {
  return tx.db
    .selectFrom('step')
    .innerJoin('deadline', 'deadline.id', 'step.deadline_id')
    .select(['step.id', 'step.case_id', 'step.deadline_id', 'step.ordinal', 'step.at', 'step.audience', 'step.action'])
    .select(['step.template', 'deadline.due_day as dueDay', 'deadline.kind'])
    .where('step.id', '=', stepId)
    .where('step.state', '=', 'pending')
    .where((where) =>
      where.or([
        where('deadline.state', '=', 'open'),
        where.and([where('deadline.state', '=', 'met'), where('step.ordinal', '<', 0)]),
      ]),
    )
    .executeTakeFirst();
}

/** After down-time only the latest reminder to the same audience speaks (spec §4.13, invariant 6). */
async function isOvertaken(tx: WorkerTx, step: PendingStep): Promise<boolean> {
  if (step.action !== 'remind') return false;
  const later = await tx.db
    .selectFrom('step')
    .select('id')
    .where('deadline_id', '=', step.deadline_id)
    .where('state', '=', 'pending')
    .where('audience', '=', step.audience)
    .where('ordinal', '>', step.ordinal)
    .where('ordinal', '>', 0)
    .where('at', '<=', tx.now)
    .executeTakeFirst();
  return later !== undefined && step.ordinal > 0;
}

async function settleStep(tx: WorkerTx, step: PendingStep, outcome: StepOutcome): Promise<void> {
  await tx.db
    .updateTable('step')
    .set({ state: outcome === 'overtaken' ? 'skipped' : 'done', outcome, acted_at: tx.now })
    .where('id', '=', step.id)
    .execute();
}

async function act(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase, step: PendingStep): Promise<StepOutcome> {
  switch (step.action) {
    case 'remind':
      return tell(tx, policy, theCase, step);
    case 'escalate':
      await grantDeputy(tx, theCase, step);
      return tell(tx, policy, theCase, step);
    case 'return_assignment':
      return returnAssignment(tx, policy, theCase);
    case 'close_incomplete':
      return closeIncomplete(tx, policy, theCase);
    case 'ask_leader':
      return askLeader(tx, policy, theCase, step.template);
    case 'nightly':
      throw new Error('nightly steps belong to the town, not to a case');
  }
}

async function tell(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase, step: PendingStep): Promise<StepOutcome> {
  if (step.audience === 'requester') {
    // Ladder rows are checked against the template lists by the town file's schema.
    const template =
      REQUESTER_TEMPLATES.find((known): known is RequesterTemplate => known === step.template) ?? 'question_reminder';
    const queued = await queueRequesterMail(tx, policy, theCase, {
      template,
      key: step.deadline_id,
      call: template !== 'acknowledgement',
    });
    return queued.sent ? 'written' : queued.reason;
  }
  const { people } = await addressees(tx, policy, theCase, step.audience);
  const now = STAFF_NOW_TEMPLATES.find((known): known is StaffNowTemplate => known === step.template);
  let outcome: StepOutcome = 'nobody_to_tell';
  for (const personId of people) {
    if (now) {
      await queueStaffMail(tx, policy, {
        personId,
        caseId: theCase.id,
        template: now,
        key: step.id,
        inOpeningHours: now === 'danger_alert',
      });
      outcome = 'written';
      continue;
    }
    // A ladder's template is one of the day's lines; the town file's schema refuses others.
    const template = step.template as DayItem;
    const line = await addToDayMail(tx, policy, personId, {
      caseId: theCase.id,
      template,
      stepId: step.id,
      dueDay: step.dueDay,
    });
    if (outcome !== 'written') outcome = line.written ? 'written' : line.reason;
  }
  return outcome;
}

/** From the escalation on, the deputy reads and acts on this case; the grant is a row with an end (R42). */
async function grantDeputy(tx: WorkerTx, theCase: LockedCase, step: PendingStep): Promise<void> {
  if (step.audience !== 'deputy' || !theCase.teamId) return;
  const team = await tx.db.selectFrom('team').select('deputy_id').where('id', '=', theCase.teamId).executeTakeFirst();
  if (!team?.deputy_id) return;
  await tx.db
    .insertInto('leadership_grant')
    .values({
      town_id: tx.actor.townId,
      person_id: team.deputy_id,
      case_id: theCase.id,
      reason: step.kind === 'triage' ? 'triage_late' : 'task_late',
      starts_at: tx.now,
      ends_at: new Date(tx.now.getTime() + DEPUTY_GRANT_DAYS * 86_400_000),
    })
    .execute();
}
const DEPUTY_GRANT_DAYS = 30;

async function returnAssignment(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase): Promise<StepOutcome> {
  await settleDeadlines(tx, theCase.id, ['mediator_answer'], 'cancelled');
  await tx.db
    .updateTable('assignment')
    .set({ answer: 'no_answer', answered_at: tx.now })
    .where('case_id', '=', theCase.id)
    .where('answer', 'is', null)
    .execute();
  await applyTransition(tx, theCase, {
    name: 'T11',
    by: 'timer',
    code: 'assignment_returned',
    patch: { lead_id: null, second_id: null },
  });
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'assignment',
    announce: [{ audience: 'leader', template: 'assignment_returned' }],
  });
  return 'returned';
}

/** T6 needs a call that was tried; without it the leader decides (spec §4.3: « clore ou prolonger »). */
async function closeIncomplete(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase): Promise<StepOutcome> {
  const called = await tx.db
    .selectFrom('contact_attempt')
    .select('id')
    .where('case_id', '=', theCase.id)
    .where('way', '=', 'phone')
    .executeTakeFirst();
  if (!called) return askLeader(tx, policy, theCase, 'question_unanswered');
  await settleDeadlines(tx, theCase.id, 'all', 'cancelled');
  const closed = await applyTransition(tx, theCase, {
    name: 'T6',
    by: 'timer',
    code: 'closed_incomplete',
    patch: { outcome: 'SANS_SUITE_INCOMPLET' },
    data: { outcome: 'SANS_SUITE_INCOMPLET' },
  });
  await queueRequesterMail(tx, policy, closed, { template: 'closed', key: String(theCase.cycle), call: true });
  return 'closed';
}

async function askLeader(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase, reason: string): Promise<StepOutcome> {
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_close_or_extend' satisfies DeadlineKind,
    reason,
    announce: [{ audience: 'leader', template: reason as DayItem }],
  });
  return 'task_made';
}

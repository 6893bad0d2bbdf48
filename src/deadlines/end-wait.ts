import { nextMessageInstant } from '../calendar/message-window.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { applyTransition } from '../cases/apply-transition.ts';
import { dangerWait } from '../cases/danger-wait.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import { NOTHING_HELD, stopEverything } from '../cases/stop-everything.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import type { DayItem } from '../mail/templates.ts';
import type { DeadlineKind } from './kinds.ts';
import { openDeadline } from './open-deadline.ts';
import type { PendingStep, StepOutcome } from './pending-step.ts';
import { settleDeadlines } from './settle-deadlines.ts';
import { tell } from './tell-step.ts';
import type { TownPolicy } from './town-policy.ts';

/** T11: the mediator did not answer; the leader chooses again. */
export async function returnAssignment(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase): Promise<StepOutcome> {
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

/**
 * T6 needs a call that was tried since the question and reached nobody; without it, or when somebody was reached and no answer was
 * noted, the leader decides (spec §4.3: « clore ou prolonger »); so too while a danger waits for its decision (R85).
 */
export async function closeIncomplete(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase): Promise<StepOutcome> {
  const tried = await tx.db
    .selectFrom('contact_attempt')
    .innerJoin('deadline', 'deadline.case_id', 'contact_attempt.case_id')
    .select(['way', 'reached'])
    .where('contact_attempt.case_id', '=', theCase.id)
    .where('deadline.kind', '=', 'more_info')
    .where('deadline.state', '=', 'open')
    .whereRef('contact_attempt.at', '>=', 'deadline.opened_at')
    .execute();
  const undecided = (await dangerWait(tx, theCase.id)) !== undefined;
  if (undecided || !tried.some(({ way }) => way === 'phone') || tried.some(({ reached }) => reached))
    return askLeader(tx, policy, theCase, 'question_unanswered');
  await stopEverything(tx, policy, theCase);
  const closed = await applyTransition(tx, theCase, {
    name: 'T6',
    by: 'timer',
    code: 'closed_incomplete',
    patch: { outcome: 'SANS_SUITE_INCOMPLET', ...NOTHING_HELD },
    data: { outcome: 'SANS_SUITE_INCOMPLET' },
  });
  // Nobody has just decided it: it can wait for the hours in which messages leave.
  const notBefore = nextMessageInstant(policy.calendar, tx.now);
  const news = { template: 'closed', key: String(tx.now.getTime()), call: true, notBefore } as const;
  await queueRequesterMail(tx, policy, closed, news);
  return 'closed';
}

/** A guard failed at the due instant, or somebody did not answer: a task « clore ou prolonger », never silence (spec §4.3). */
export async function askLeader(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  reason: string,
  partyId: string | null = null,
): Promise<StepOutcome> {
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    ...(partyId ? { partyId } : {}),
    kind: 'task_close_or_extend' satisfies DeadlineKind,
    reason,
    announce: [{ audience: 'leader', template: reason as DayItem }],
  });
  return 'task_made';
}

/** Nobody held the review of a long case: it is asked for again, due today, and again in thirty working days (spec §4.4). */
export async function reviewAgain(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const told = await tell(tx, policy, theCase, step);
  await settleDeadlines(tx, theCase.id, ['case_review'], 'cancelled');
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'case_review',
    dueDay: localDay(policy.calendar, tx.now),
  });
  return told;
}

/** After the last reminder nobody is asked for an opinion any more; the page stays open until its last day. */
export async function endQuestionnaires(
  tx: WorkerTx,
  theCase: LockedCase,
  kind: 'opinions' | 'partner_opinion',
): Promise<StepOutcome> {
  await settleDeadlines(tx, theCase.id, [kind], 'met');
  return 'ended';
}

import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import { applyTransition } from '../cases/apply-transition.ts';
import { requireAgreements } from '../cases/mediate.command.ts';
import type { StaffAct } from '../cases/on-case.ts';
import { reopen } from '../cases/reopen.command.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { AFTER_NEWS } from './after-news.ts';
import type { CheckNote } from './note-check.command.ts';

/** Working days the mediator has to do what the news says comes next. */
const FOLLOWS_WITHIN = 5;

/** What the mediator chose as the next thing is done, or waited for with a day: news never rests with nobody. */
export async function whatFollows(act: StaffAct, note: CheckNote): Promise<void> {
  if (note.next === 'resume_mediation') return resume(act);
  const { tx, policy, theCase } = act;
  if (theCase.state === 'closed') return;
  const ends = note.next === 'close' || note.next === 'orient';
  if (!ends) return settleDeadlines(tx, theCase.id, ['closing_to_propose'], 'cancelled');
  if (await openWait(tx, theCase.id, 'closing_to_propose')) return;
  // A measured closing comes after the evaluation, and that after a month (T27): until then its day follows the month's check.
  const month = note.next === 'close' && note.kind === 'd10' ? await openWait(tx, theCase.id, 'check_m1') : undefined;
  if (note.next === 'close' && theCase.state === 'follow_up' && !month) return openEvaluationWait(act);
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'closing_to_propose',
    reason: note.next,
    ...(month
      ? { dueDay: addWorkingDays(policy.calendar, localDay(policy.calendar, month.dueAt), FOLLOWS_WITHIN) }
      : {}),
  });
}

/** The check after a month, or a later one, is done: the evaluation is to be opened (T27), and somebody is waited for. */
export async function openEvaluationWait(act: StaffAct): Promise<void> {
  const { tx, policy, theCase } = act;
  if (await openWait(tx, theCase.id, 'evaluation_to_open')) return;
  await settleDeadlines(tx, theCase.id, ['closing_to_propose'], 'met', { because: ['close'] });
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'evaluation_to_open' });
}

/**
 * T26 while the case is followed: a new cycle, where the agreements still stand. T29 in the same act once it is closed.
 * @throws DomainError agreement_missing; no_resuming during the evaluation, no_reopening after its last day, beside the choice.
 */
async function resume(act: StaffAct): Promise<void> {
  const { tx, policy, theCase, role } = act;
  if (theCase.state === 'evaluation') throw new DomainError('no_resuming', { field: 'next' });
  if (theCase.state === 'closed') {
    try {
      return await reopen(tx, policy, theCase, role, tx.actor.personId);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'too_late') throw error;
      throw new DomainError('no_reopening', { field: 'next', cause: error });
    }
  }
  await requireAgreements(act);
  await settleDeadlines(tx, theCase.id, ['check_d10', 'check_m1', 'check_m3', ...AFTER_NEWS], 'cancelled');
  await applyTransition(tx, theCase, {
    name: 'T26',
    by: role,
    code: 'mediation_resumed',
    personId: tx.actor.personId,
    data: { cycle: theCase.cycle + 1 },
    patch: { cycle: theCase.cycle + 1 },
  });
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'first_session' });
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
}

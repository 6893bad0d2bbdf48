import { dayAfter } from '../calendar/due.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import type { SuspensionTable } from '../db/tables/party.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { pauseWaits, resumeWaits } from '../deadlines/pause-waits.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { applyTransition } from './apply-transition.ts';
import { isActive } from './case-status.ts';
import type { LockedCase } from './lock-case.ts';
import { onCase } from './on-case.ts';
import { suspensionsIn } from './suspensions.query.ts';
import { typedDay } from './typed-day.ts';
import type { Staff } from './triage.command.ts';

export const SUSPENSION_REASONS = ['works', 'season', 'away', 'illness', 'other_step', 'other'] as const;
/** Working days a case may rest at once; once more, and no longer (§4.3). */
export const MAX_SUSPENSION = 30;
export const AT_MOST_RESTS = 2;

/**
 * T24: the case rests until a day, at most thirty working days from now, renewable once in a cycle, also before the end; pausable waits keep the days they
 * had left. @throws DomainError rested_twice when it has rested twice.
 */
export async function suspendCase(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; reason: SuspensionTable['reason']; until: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async ({ tx, policy, theCase, role }) => {
    const today = localDay(policy.calendar, tx.now);
    const last = dayAfter(policy.calendar, today, { unit: 'working_day', n: MAX_SUSPENSION });
    const until = typedDay(policy, tx.now, input.until, 'until');
    if (until <= today || until > last) throw new DomainError('unknown_choice', { field: 'until' });
    if ((await suspensionsIn(tx, theCase)) >= AT_MOST_RESTS) throw new DomainError('rested_twice');
    await endSuspension(tx, theCase.id);
    await tx.db
      .insertInto('suspension')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        cycle: theCase.cycle,
        reason: input.reason,
        from_at: tx.now,
        until_day: until,
        decided_by: by.personId,
        ended_at: null,
      })
      .execute();
    await applyTransition(tx, theCase, {
      name: 'T24',
      by: role,
      code: 'case_suspended',
      personId: by.personId,
      data: { reason: input.reason, until },
      patch: { suspended: true },
    });
    await pauseWaits(tx, theCase.id);
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'suspension', dueDay: until });
  });
}

/** T24 back, by hand, before the day. */
export async function resumeCase(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async ({ tx, policy, theCase, role }) => {
    await resume(tx, policy, theCase, role, by.personId);
  });
}

/** Ends the rest of a case; its waits go on. @throws DomainError not_allowed_now when it does not rest. */
export async function resume(
  tx: StaffTx | WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  by: 'mediator' | 'leader' | 'timer',
  personId?: string,
): Promise<void> {
  if (!theCase.suspended || !isActive(theCase.state)) throw new DomainError('not_allowed_now');
  await endSuspension(tx, theCase.id);
  await applyTransition(tx, theCase, {
    name: 'T24',
    by,
    code: 'case_resumed',
    patch: { suspended: false },
    ...(personId ? { personId } : {}),
  });
  await resumeWaits(tx, policy, theCase.id);
}

async function endSuspension(tx: StaffTx | WorkerTx, caseId: string): Promise<void> {
  await tx.db
    .updateTable('suspension')
    .set({ ended_at: tx.now })
    .where('case_id', '=', caseId)
    .where('ended_at', 'is', null)
    .execute();
  await settleDeadlines(tx, caseId, ['suspension'], 'met');
}

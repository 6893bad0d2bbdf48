import type { CommandContext } from '../command-context.ts';
import { inTransaction, keepInSight, type StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { applyTransition } from './apply-transition.ts';
import { type LockedCase, lockCase } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

export const DECLINE_REASONS = ['CONFLIT_INTERETS', 'CHARGE', 'LANGUE', 'SECURITE', 'ABSENCE', 'COMPETENCE'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** T12. The mediator takes the case; the first contact is due within three working days. */
export async function acceptAssignment(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await proposedTo(tx, caseId);
    await settleDeadlines(tx, caseId, ['mediator_answer'], 'met');
    await answer(tx, caseId, 'accepted', null);
    await applyTransition(tx, theCase, {
      name: 'T12',
      by: 'mediator',
      code: 'assignment_accepted',
      personId: by.personId,
    });
    await openDeadline(tx, policy, { caseId, kind: 'first_contact' });
  });
}

/** T11. The mediator declines with a reason from the list; the case goes back to the leader, and out of the mediator's sight. */
export async function declineAssignment(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; reason: DeclineReason },
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await proposedTo(tx, input.caseId);
    await settleDeadlines(tx, input.caseId, ['mediator_answer'], 'cancelled');
    await answer(tx, input.caseId, 'declined', input.reason);
    await openDeadline(tx, policy, {
      caseId: input.caseId,
      kind: 'assignment',
      announce: [{ audience: 'leader', template: 'assignment_declined' }],
    });
    await keepInSight(tx, input.caseId);
    await applyTransition(tx, theCase, {
      name: 'T11',
      by: 'mediator',
      code: 'assignment_declined',
      personId: by.personId,
      data: { reason: input.reason },
      patch: { lead_id: null, second_id: null },
    });
  });
}

async function proposedTo(tx: StaffTx, caseId: string): Promise<LockedCase> {
  const theCase = await lockCase(tx, caseId);
  if (theCase.leadId !== tx.actor.personId) throw new DomainError('not_your_case');
  return theCase;
}

async function answer(
  tx: StaffTx,
  caseId: string,
  said: 'accepted' | 'declined',
  reason: string | null,
): Promise<void> {
  await tx.db
    .updateTable('assignment')
    .set({ answer: said, answer_reason: reason, answered_at: tx.now })
    .where('case_id', '=', caseId)
    .where('answer', 'is', null)
    .execute();
}

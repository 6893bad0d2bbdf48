import type { CommandContext } from '../command-context.ts';
import { inTransaction, type TownTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { queueStaffMail } from '../mail/queue-staff-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseActor } from './case-status.ts';
import { isActive } from './case-status.ts';
import { CaseText } from './case-text.ts';
import { lockCase, requireLeader, requireMediatorOrLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/** T2 raised by a member of staff (R85). Messages to the person are held from this transaction on. */
export async function raiseDanger(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    const role: CaseActor = requireMediatorOrLeader(tx, theCase);
    if (theCase.danger) return;
    await applyTransition(tx, theCase, {
      name: 'T2',
      by: role,
      code: 'danger_raised',
      personId: by.personId,
      patch: { danger: true },
    });
    await watchDanger(tx, policy, theCase);
  });
}

/** Alerts the leader at once in opening hours, otherwise at the next opening, without waiting for any workflow. */
export async function watchDanger(
  tx: TownTx,
  policy: TownPolicy,
  theCase: { id: string; teamId: string | null; leadId: string | null },
): Promise<void> {
  const deadline = await openDeadline(tx, policy, { caseId: theCase.id, kind: 'danger' });
  const people = await addressees(tx, theCase, 'leader');
  for (const personId of people) {
    await queueStaffMail(tx, policy, {
      personId,
      caseId: theCase.id,
      template: 'danger_alert',
      key: deadline.id,
      inOpeningHours: true,
    });
  }
}

export type DangerDecision = { caseId: string; decision: 'report' | 'orient' | 'no_action'; reason: string };

/** The human decision of R85: dated, with its reason. `no_action` lifts the flag, and messages with it. */
export async function decideDanger(ctx: CommandContext, by: Staff, input: DangerDecision): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    if (!theCase.danger || !isActive(theCase.state)) throw new DomainError('not_allowed_now');
    await settleDeadlines(tx, theCase.id, ['danger'], 'met');
    await tx.db
      .insertInto('danger_decision')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        decision: input.decision,
        reason: new CaseText(ctx.keys, theCase).seal('danger_decision', 'reason', input.reason),
        decided_by: by.personId,
        decided_at: tx.now,
      })
      .execute();
    await tx.db
      .updateTable('mediation_case')
      .set({ danger: input.decision !== 'no_action' })
      .where('id', '=', theCase.id)
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'danger_decided',
      actor: 'staff',
      personId: by.personId,
      data: { decision: input.decision },
    });
  });
}

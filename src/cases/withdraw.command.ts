import type { CommandContext } from '../command-context.ts';
import { inTransaction, type TownTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { addToDayMail } from '../mail/queue-staff-mail.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseActor } from './case-status.ts';
import { endOpenAssignment } from './end-assignment.ts';
import { type LockedCase, lockCase, requireMediatorOrLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/** T32, by the person with the code: no reason asked, from every active state, at once (R30, line 2). */
export async function withdrawByRequester(ctx: CommandContext, by: { townId: string; caseId: string }): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_public', ...by }, async (tx) => {
    await withdraw(tx, policy, await lockCase(tx, by.caseId), 'requester');
  });
}

/** T32, said to a mediator or the leader, by phone or face to face. */
export async function withdrawForRequester(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    await withdraw(tx, policy, theCase, requireMediatorOrLeader(tx, theCase), by.personId);
  });
}

async function withdraw(
  tx: TownTx,
  policy: TownPolicy,
  theCase: LockedCase,
  by: CaseActor,
  personId?: string,
): Promise<void> {
  const closed = await applyTransition(tx, theCase, {
    name: 'T32',
    by,
    code: 'request_withdrawn',
    data: { outcome: 'RETRAIT' },
    patch: { outcome: 'RETRAIT' },
    ...(personId ? { personId } : {}),
  });
  await settleDeadlines(tx, theCase.id, 'all', 'cancelled');
  await endOpenAssignment(tx, theCase.id);
  await tx.db
    .updateTable('closing_proposal')
    .set({ answer: 'void', answered_at: tx.now })
    .where('case_id', '=', theCase.id)
    .where('answer', 'is', null)
    .execute();
  await stopQueuedMails(tx, theCase.id);
  await queueRequesterMail(tx, policy, closed, {
    template: 'closed',
    key: String(tx.now.getTime()),
    call: by === 'requester',
  });
  if (by === 'requester') {
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'task_note_withdrawal', quiet: true });
  }
  // No workflow speaks for a case that has ended: whoever was about to call the person is told by the command itself.
  const told = await addressees(tx, theCase, theCase.leadId ? 'mediator' : 'leader');
  for (const person of told.filter((id) => id !== personId))
    await addToDayMail(tx, policy, person, { caseId: theCase.id, template: 'request_withdrawn' });
}

/** What was about to leave to the person is no longer true. */
async function stopQueuedMails(tx: TownTx, caseId: string): Promise<void> {
  await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('case_id', '=', caseId)
    .where('person_id', 'is', null)
    .where('state', '=', 'queued')
    .execute();
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx, type TownTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { tellOtherParties } from '../parties/tell-parties.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { addToDayMail } from '../mail/queue-staff-mail.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseActor, CaseState } from './case-status.ts';
import { UNTIL_DECIDED } from './danger-wait.ts';
import { type LockedCase, lockCase, requireMediatorOrLeader } from './lock-case.ts';
import { endAgreedItems, NOTHING_HELD, stopEverything, stopQueuedMails } from './stop-everything.ts';
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
    patch: { outcome: 'RETRAIT', ...NOTHING_HELD },
    ...(personId ? { personId } : {}),
  });
  // Never held back by a danger nobody has decided on; the leader still decides (R85).
  await stopEverything(tx, policy, theCase, UNTIL_DECIDED);
  // Nothing that anybody allowed is shared from here on.
  await endAgreedItems(tx, theCase.id);
  await sql`select end_what_was_agreed(${theCase.id}::uuid)`.execute(tx.db);
  await stopQueuedMails(tx, theCase.id);
  // The page, or whoever was told, said that it is so: nobody calls somebody who has stopped.
  await queueRequesterMail(tx, policy, closed, { template: 'closed', key: String(tx.now.getTime()), call: false });
  await tellTheOthers(tx, policy, theCase, closed);
  // No workflow speaks for a case that has ended: whoever was about to call the person is told by the command itself.
  const told = await addressees(tx, theCase, theCase.leadId ? 'mediator' : 'leader');
  for (const person of told.filter((id) => id !== personId))
    await addToDayMail(tx, policy, person, { caseId: theCase.id, template: 'request_withdrawn' });
}

/** States in which somebody else may have been asked to take part. */
const WITH_OTHERS: readonly CaseState[] = ['agreements', 'support', 'mediation', 'follow_up', 'evaluation'];

/**
 * The other side reads that the mediation stops, without a reason (T23). The holder of the code sees no other party: there the worker
 * writes, by a step of the task that has the mediator take note.
 */
async function tellTheOthers(tx: TownTx, policy: TownPolicy, before: LockedCase, closed: LockedCase): Promise<void> {
  const others = WITH_OTHERS.includes(before.state);
  const template = 'mediation_stopped';
  if (isStaff(tx)) {
    if (others) await tellOtherParties(tx, policy, closed, { template, key: String(tx.now.getTime()) });
    return;
  }
  await openDeadline(tx, policy, {
    caseId: closed.id,
    kind: 'task_note_withdrawal',
    ...(others ? { announce: [{ audience: 'party', template }] } : { quiet: true }),
  });
}

function isStaff(tx: TownTx): tx is StaffTx {
  return tx.actor.role === 'app_staff';
}

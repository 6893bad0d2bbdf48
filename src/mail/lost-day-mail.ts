import { isActive } from '../cases/case-status.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import { grantDeputies } from '../deadlines/grant-deputy.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';

/** The cases a mail of the day spoke of, locked in the order of their ids: two such mails never wait for each other. */
export async function lockCasesOfDay(tx: WorkerTx, mailId: string): Promise<LockedCase[]> {
  const items = await tx.db
    .selectFrom('mail_item')
    .select('case_id')
    .distinct()
    .where('mail_id', '=', mailId)
    .orderBy('case_id')
    .execute();
  const locked: LockedCase[] = [];
  for (const { case_id: caseId } of items) if (caseId) locked.push(await lockCase(tx, caseId));
  return locked;
}

/**
 * The reminders of a day did not arrive, or nobody can tell: written on each case they were about, with a task. It is told to whoever
 * leads, and where that is the very person who was not reached, to the deputy, who may then act. A partner's have their own lines already.
 * @param lost.personId the person of the team they were for; none for a partner's contact.
 */
export async function noteLostDay(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  lost: { personId: string | null; state: 'refused' | 'unknown' },
): Promise<void> {
  const quiet = !isActive(theCase.state);
  if (lost.personId)
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'mail_settled',
      actor: 'service',
      data: { template: 'day', state: lost.state, to: 'staff' },
    });
  const kind = lost.state === 'refused' ? 'task_mail_refused' : 'task_mail_uncertain';
  // A mailbox that refuses every day makes one task, not one a day.
  if (quiet || (await openWait(tx, theCase.id, kind, { reason: 'day' }))) return;
  const leaders = await addressees(tx, theCase, 'leader');
  const audience = leaders.length === 1 && leaders[0] === lost.personId ? 'deputy' : 'leader';
  if (audience === 'deputy') await grantDeputies(tx, theCase, 'task_late');
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind,
    reason: 'day',
    announce: [{ audience, template: lost.state === 'refused' ? 'mail_refused' : 'mail_uncertain' }],
  });
}

import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { addressees } from './audience.ts';
import type { PendingStep } from './pending-step.ts';

const DEPUTY_GRANT_DAYS = 30;

/** From the escalation on, the deputy reads and acts on this case (R42). */
export async function grantDeputy(tx: WorkerTx, theCase: LockedCase, step: PendingStep): Promise<void> {
  if (step.audience !== 'deputy') return;
  await grantDeputies(tx, theCase, step.kind === 'triage' ? 'triage_late' : 'task_late');
}

/** Lets the deputy, or every other leader where there is none, read and act on one case; the grant is a row with an end. */
export async function grantDeputies(
  tx: WorkerTx,
  theCase: LockedCase,
  reason: 'triage_late' | 'task_late',
): Promise<void> {
  if (!theCase.teamId) return;
  const people = await addressees(tx, theCase, 'deputy');
  if (people.length === 0) return;
  await tx.db
    .insertInto('leadership_grant')
    .values(
      people.map((personId) => ({
        town_id: tx.actor.townId,
        person_id: personId,
        case_id: theCase.id,
        reason,
        starts_at: tx.now,
        ends_at: new Date(tx.now.getTime() + DEPUTY_GRANT_DAYS * 86_400_000),
      })),
    )
    .execute();
}

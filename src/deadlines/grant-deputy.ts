import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { PendingStep } from './pending-step.ts';

const DEPUTY_GRANT_DAYS = 30;

/** From the escalation on, the deputy reads and acts on this case; the grant is a row with an end (R42). */
export async function grantDeputy(tx: WorkerTx, theCase: LockedCase, step: PendingStep): Promise<void> {
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

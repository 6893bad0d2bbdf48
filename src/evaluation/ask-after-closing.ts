import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { openQuestionnaires } from './open-questionnaires.ts';
import { openPartnerQuestionnaires } from './partner-questionnaires.ts';

/**
 * A case that ends without an evaluation (T20, T22, T33) is asked about too, where people met in this cycle: what did not work says most.
 * Asked once per cycle, with the closing and not with its proposal, which may be returned; it holds nothing back.
 */
export async function askAfterClosing(tx: StaffTx, policy: TownPolicy, theCase: LockedCase): Promise<void> {
  if (theCase.danger || !(await haveMet(tx, theCase))) return;
  const asked = await openQuestionnaires(tx, policy, theCase);
  if (asked > 0) await openDeadline(tx, policy, { caseId: theCase.id, kind: 'opinions' });
  await openPartnerQuestionnaires(tx, policy, theCase);
}

async function haveMet(tx: StaffTx, theCase: LockedCase): Promise<boolean> {
  const met = await tx.db
    .selectFrom('session_note')
    .select('id')
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .limit(1)
    .executeTakeFirst();
  return met !== undefined;
}

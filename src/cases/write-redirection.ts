import type { StaffTx } from '../db/transaction.ts';
import type { CaseText } from './case-text.ts';

/** Keeps where the person was sent, sealed; only they and the team of the case read it (C-16). */
export async function writeRedirection(
  tx: StaffTx,
  text: CaseText,
  caseId: string,
  { motive, target }: { motive: string; target: string },
): Promise<void> {
  await tx.db
    .insertInto('redirection')
    .values({
      case_id: caseId,
      town_id: tx.actor.townId,
      motive,
      target: text.seal('redirection', 'target', target),
      decided_by: tx.actor.personId,
      decided_at: tx.now,
    })
    .execute();
}

import type { TownTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queueStaffMail } from './queue-staff-mail.ts';
import type { Alert } from './templates.ts';

/** Alerts whoever leads a case, without waiting for any workflow. @param alert its key is the wait that was opened. */
export async function alertLeaders(
  tx: TownTx,
  policy: TownPolicy,
  theCase: { id: string; teamId: string | null; leadId: string | null },
  alert: { template: Alert; key: string },
): Promise<void> {
  for (const personId of await addressees(tx, theCase, 'leader'))
    await queueStaffMail(tx, policy, { personId, caseId: theCase.id, ...alert });
}

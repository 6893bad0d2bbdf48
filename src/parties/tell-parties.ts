import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import type { StepOutcome } from '../deadlines/pending-step.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queueForEach } from '../mail/queue-for-each.ts';
import type { CaseOfMail } from '../mail/queue-requester-mail.ts';
import type { RequesterTemplate } from '../mail/templates.ts';

/**
 * Writes the same to every other party that is still in the case, or has them called.
 * @returns what came of it, as a step says it: written to somebody; why not to anybody; `ended` where nobody else is in the case.
 */
export async function tellOtherParties(
  tx: StaffTx | WorkerTx,
  policy: TownPolicy,
  theCase: CaseOfMail,
  mail: { template: RequesterTemplate; key: string },
): Promise<StepOutcome> {
  const others = await tx.db
    .selectFrom('party')
    .select(['id', 'side'])
    .where('case_id', '=', theCase.id)
    .where('side', '=', 'other')
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return queueForEach(tx, policy, theCase, others, { ...mail, call: true }, 'ended');
}

import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import type { RequesterTemplate } from '../mail/templates.ts';

/**
 * Writes the same to every other party that is still in the case, or has them called.
 * @returns how many mails wait to leave.
 */
export async function tellOtherParties(
  tx: StaffTx | WorkerTx,
  policy: TownPolicy,
  theCase: Pick<LockedCase, 'id' | 'danger' | 'cycle' | 'state'>,
  mail: { template: RequesterTemplate; key: string },
): Promise<number> {
  const others = await tx.db
    .selectFrom('party')
    .select('id')
    .where('case_id', '=', theCase.id)
    .where('side', '=', 'other')
    .where('ended_at', 'is', null)
    .orderBy('created_at')
    .execute();
  let sent = 0;
  for (const { id } of others) {
    const queued = await queuePartyMail(tx, policy, theCase, { id, side: 'other' }, { ...mail, call: true });
    if (queued.sent) sent += 1;
  }
  return sent;
}

import type { PartyTx, StaffTx, WorkerTx } from '../db/transaction.ts';
import type { StepOutcome } from '../deadlines/pending-step.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queuePartyMail } from './queue-party-mail.ts';
import type { CaseOfMail, ResidentMail } from './queue-requester-mail.ts';

/**
 * Writes the same to each of these parties, or has them called.
 * @returns what came of it, as a step says it: written to somebody; else why not to the last of them; `nobody` where there is none.
 */
export async function queueForEach(
  tx: StaffTx | WorkerTx | PartyTx,
  policy: TownPolicy,
  theCase: CaseOfMail,
  parties: readonly { id: string; side: 'requester' | 'other' }[],
  mail: ResidentMail,
  nobody: StepOutcome = 'nobody_to_tell',
): Promise<StepOutcome> {
  let outcome = nobody;
  for (const party of parties) {
    const queued = await queuePartyMail(tx, policy, theCase, party, mail);
    outcome = queued.sent ? 'written' : outcome === 'written' ? outcome : queued.reason;
  }
  return outcome;
}

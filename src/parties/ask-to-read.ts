import { type CaseState, isActive } from '../cases/case-status.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/**
 * Somebody reads what this party wrote, within two working days. One task a party, however many messages: the first not read yet says when
 * (nobody fills a worklist by writing), and what one side writes is never hidden behind the other's.
 */
export async function askToRead(
  tx: TownTx,
  policy: TownPolicy,
  theCase: Pick<LockedCase, 'id' | 'state' | 'leadId'>,
  partyId: string,
): Promise<void> {
  if (await openWait(tx, theCase.id, 'task_read_message', { partyId })) return;
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_read_message',
    partyId,
    announce: [{ audience: readerOf(theCase), template: 'message_received' }],
  });
}

/** Who reads what people write: the mediator while the case goes on; whoever worked on one that has ended may work no more, its leader reads. */
export function readerOf(theCase: { state: CaseState; leadId: string | null }): 'mediator' | 'leader' {
  return theCase.leadId && isActive(theCase.state) ? 'mediator' : 'leader';
}

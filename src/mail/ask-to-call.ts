import { isActive } from '../cases/case-status.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { RIGHTS_NEWS } from './templates.ts';

/** « Être rappelé avec un interprète » (R101), as the team reads it. */
export const INTERPRETER_CALL = 'interpreter';

/** What the person asked for, a lost code, an interpreter or their rights, is no news of the case: nothing else takes its place, and it takes no other's. */
export const APART: readonly string[] = ['short_code', INTERPRETER_CALL, ...RIGHTS_NEWS];

/**
 * Where nothing may be written, somebody calls. One call waits at a time for one person: what is newer takes the place of what was to be
 * said before, as the mail would have come after the other one. Whoever may be the one of the family that is feared is called
 * about nothing but what they asked for themselves (spec §3.6). @param to the party, or nobody for the requester.
 */
export async function askToCall(
  tx: TownTx,
  policy: TownPolicy,
  theCase: Pick<LockedCase, 'id' | 'state' | 'familyDanger' | 'requesterFeared'>,
  to: { partyId: string } | undefined,
  reason: string,
): Promise<void> {
  const isFeared = to ? theCase.familyDanger : theCase.requesterFeared;
  if (isFeared && !APART.includes(reason)) return;
  const kind = to ? 'task_call_party' : 'task_call_requester';
  if (!APART.includes(reason)) {
    const newer = await tx.db
      .updateTable('deadline')
      .set({ reason })
      .where('case_id', '=', theCase.id)
      .where('kind', '=', kind)
      .where('party_id', to ? '=' : 'is', to?.partyId ?? null)
      .where('state', '=', 'open')
      .where('reason', 'not in', APART)
      .executeTakeFirst();
    if (newer.numUpdatedRows > 0n) return;
  }
  await openDeadline(tx, policy, { caseId: theCase.id, kind, ...to, reason, quiet: !isActive(theCase.state) });
}

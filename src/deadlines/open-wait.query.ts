import type { TownTx } from '../db/transaction.ts';
import type { DeadlineKind } from './kinds.ts';

/** What a wait is about, where a case may have several of one kind. Left out: whatever it is about; `null`: about none. */
export type WaitAbout = { partyId?: string; requestId?: string | null; reason?: string };

/** The open wait or task of this kind, if the case has one. Asked under the lock of the case by whoever opens only one at a time. */
export async function openWait(
  tx: TownTx,
  caseId: string,
  kind: DeadlineKind,
  { partyId, requestId, reason }: WaitAbout = {},
): Promise<{ id: string; dueAt: Date } | undefined> {
  let open = tx.db
    .selectFrom('deadline')
    .select(['id', 'due_at as dueAt'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('state', '=', 'open');
  if (partyId !== undefined) open = open.where('party_id', '=', partyId);
  if (requestId !== undefined) open = open.where('request_id', requestId === null ? 'is' : '=', requestId);
  if (reason !== undefined) open = open.where('reason', '=', reason);
  return open.executeTakeFirst();
}

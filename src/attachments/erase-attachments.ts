import { lockCase } from '../cases/lock-case.ts';
import type { AttachmentKind } from '../db/tables/attachment.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { erasedFrom } from './erased-from.ts';

const HELD = ['quarantined', 'checked', 'infected'] as const;

/**
 * Erases what was sent to cases that ended three months ago: bytes and names go, what stays is that something was sent, and when. One line of
 * proof on each case. The instant of the ending decides, which every ending writes and every reopening takes away; it is asked again under
 * the lock. @returns how many were erased.
 */
export async function eraseAttachments(tx: WorkerTx, policy: TownPolicy, today: string): Promise<number> {
  const ended = await tx.db
    .selectFrom('mediation_case as c')
    .select(['c.id', 'c.closed_at as closedAt'])
    .where('c.closed_at', 'is not', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('attachment as a')
          .select('a.id')
          .whereRef('a.case_id', '=', 'c.id')
          .where('a.town_id', '=', tx.actor.townId)
          .where('a.state', 'in', HELD),
      ),
    )
    .orderBy('c.id')
    .execute();
  let erased = 0;
  for (const { id, closedAt } of ended) {
    if (!closedAt || erasedFrom(policy.calendar, closedAt) > today) continue;
    const theCase = await lockCase(tx, id);
    if (theCase.closedAt?.getTime() !== closedAt.getTime()) continue;
    const count = await eraseThose(tx, { caseId: id });
    if (count > 0)
      await recordChange(tx, { caseId: id, code: 'attachments_erased', actor: 'service', data: { count } });
    erased += count;
  }
  return erased;
}

/** Erases what one party sent: everything, or only these kinds. */
export async function eraseAttachmentsOf(
  tx: WorkerTx | StaffTx,
  partyId: string,
  kinds?: readonly AttachmentKind[],
): Promise<void> {
  await eraseThose(tx, { partyId, ...(kinds ? { kinds } : {}) });
}

async function eraseThose(
  tx: WorkerTx | StaffTx,
  those: { caseId: string } | { partyId: string; kinds?: readonly AttachmentKind[] },
): Promise<number> {
  let held = tx.db
    .updateTable('attachment')
    .set({ state: 'erased', name: null, next_check_at: null })
    .where('state', 'in', HELD);
  if ('caseId' in those) held = held.where('case_id', '=', those.caseId);
  else {
    held = held.where('party_id', '=', those.partyId);
    if (those.kinds) held = held.where('kind', 'in', those.kinds);
  }
  const { numUpdatedRows } = await held.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

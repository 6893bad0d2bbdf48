import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { StaffPerson } from '../staff/staff-person.query.ts';
import { type CALL_OUTCOMES, CALL_TABLE } from './call-choices.ts';

/**
 * A leader has called, or gives up after several calls: who and when stays on its row. Row-level security says who leads.
 * @throws DomainError not_allowed_now when there is no such call to make any more.
 */
export async function settleCall(
  ctx: CommandContext,
  { townId, personId }: Pick<StaffPerson, 'townId' | 'personId'>,
  input: { id: string; outcome: (typeof CALL_OUTCOMES)[number] },
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', townId, personId }, async (tx) => {
    const settled = await tx.db
      .updateTable(CALL_TABLE)
      .set({ outcome: input.outcome, settled_by: personId, settled_at: tx.now })
      .where('id', '=', input.id)
      .where('outcome', 'is', null)
      .executeTakeFirst();
    if (settled.numUpdatedRows === 0n) throw new DomainError('not_allowed_now');
  });
}

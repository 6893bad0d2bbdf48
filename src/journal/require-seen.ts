import type { Expression, SqlBool } from 'kysely';
import type { StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { EventCode } from './event-codes.ts';

/**
 * Nobody writes over what was said while their page stood open: it is read first.
 * @param seen the last line of the journal the page knew; left out, nothing is asked. @param about whose lines are meant.
 * @throws DomainError changed_meanwhile when one of these was written since.
 */
export async function requireSeen(
  tx: StaffTx,
  caseId: string,
  seen: number | undefined,
  codes: readonly EventCode[],
  about: Expression<SqlBool>,
): Promise<void> {
  if (seen === undefined) return;
  const since = await tx.db
    .selectFrom('case_event')
    .select('seq')
    .where('case_id', '=', caseId)
    .where('seq', '>', seen)
    .where('code', 'in', codes)
    .where(about)
    .executeTakeFirst();
  if (since) throw new DomainError('changed_meanwhile');
}

import type { CommandContext } from '../command-context.ts';
import type { AccountEventCode } from '../db/tables/account-event.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';

/** One line about an access, by the person who acted; about somebody else only by an administrator (row-level security). */
export async function writeAccountEvent(tx: StaffTx, personId: string, code: AccountEventCode): Promise<void> {
  const { townId, personId: by } = tx.actor;
  await tx.db
    .insertInto('account_event')
    .values({ town_id: townId, person_id: personId, by_person_id: by, code })
    .execute();
}

/** The same in a transaction of its own, about `about` or oneself. */
export async function noteAccess(
  ctx: CommandContext,
  { townId, personId }: { townId: string; personId: string },
  code: AccountEventCode,
  about: string = personId,
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', townId, personId }, (tx) => writeAccountEvent(tx, about, code));
}

import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import type { StaffPerson } from '../staff/staff-person.query.ts';
import { CALL_TABLE } from './call-choices.ts';

/** A call that waits for a leader, as a list says it: nothing of the person. */
export type WaitingCall = {
  id: string;
  language: string;
  dueDay: string;
  dueAt: Date;
  askedAt: Date;
  doubtful: boolean;
};
/** The same with what it takes to call. */
export type CallToMake = WaitingCall & {
  moment: 'any' | 'morning' | 'afternoon';
  phone: string;
  firstName: string | undefined;
};

/** How many a page shows: more than a team can call in a day. */
const SHOWN = 100;

/** What waits, the oldest day first. Row-level security shows it to whoever leads; `call_to_make` serves it. */
export async function waitingCalls(ctx: CommandContext, person: StaffPerson): Promise<WaitingCall[]> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, (tx) =>
    waiting(tx).execute(),
  );
}

/** The calls to make, opened; that the list was read is written down (R88). */
export async function callsToMake(
  ctx: CommandContext,
  person: StaffPerson,
): Promise<{ now: Date; calls: CallToMake[] }> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const rows = await waiting(tx).select(['moment', 'phone', 'first_name', 'kid', 'wrapped_key']).execute();
    await noteRead(tx, { kind: 'list_viewed', groups: ['interpreter_calls'] });
    const calls = rows.flatMap(({ phone, first_name, kid, wrapped_key, ...row }) => {
      if (!phone || !wrapped_key) return [];
      const text = new CaseText(ctx.keys, { id: row.id, kid, wrappedKey: wrapped_key });
      const firstName = text.openOptional(CALL_TABLE, 'first_name', first_name);
      return [{ ...row, phone: text.open(CALL_TABLE, 'phone', phone), firstName }];
    });
    return { now: tx.now, calls };
  });
}

function waiting(tx: StaffTx) {
  return tx.db
    .selectFrom(CALL_TABLE)
    .select(['id', 'language', 'due_day as dueDay', 'due_at as dueAt', 'asked_at as askedAt', 'doubtful'])
    .where('town_id', '=', tx.actor.townId)
    .where('outcome', 'is', null)
    .where('phone', 'is not', null)
    .orderBy('due_at')
    .orderBy('asked_at')
    .limit(SHOWN);
}

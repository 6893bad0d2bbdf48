import { sql } from 'kysely';
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

/** Those of a page, and how many wait in all: a flood hides none. */
export type Calls<Call> = { calls: Call[]; total: number; late: number };

/** How many a page shows: more than a team can call in a day. */
const SHOWN = 100;

/** What waits, those no person seems to have sent last, then by their day. Row-level security shows it to whoever leads; `call_to_make` serves it. */
export async function waitingCalls(ctx: CommandContext, person: StaffPerson): Promise<Calls<WaitingCall>> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const rows = await waiting(tx).execute();
    return { calls: rows.map(({ total: _total, late: _late, ...call }) => call), ...inAll(rows) };
  });
}

/** The calls to make, opened; that the list was read is written down (R88). */
export async function callsToMake(
  ctx: CommandContext,
  person: StaffPerson,
): Promise<Calls<CallToMake> & { now: Date }> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const rows = await waiting(tx).select(['moment', 'phone', 'first_name', 'kid', 'wrapped_key']).execute();
    await noteRead(tx, { kind: 'list_viewed', groups: ['interpreter_calls'] });
    const calls = rows.flatMap(({ phone, first_name, kid, wrapped_key, total: _total, late: _late, ...row }) => {
      if (!phone || !wrapped_key) return [];
      const text = new CaseText(ctx.keys, { id: row.id, kid, wrappedKey: wrapped_key });
      const firstName = text.openOptional(CALL_TABLE, 'first_name', first_name);
      return [{ ...row, phone: text.open(CALL_TABLE, 'phone', phone), firstName }];
    });
    return { now: tx.now, calls, ...inAll(rows) };
  });
}

function waiting(tx: StaffTx) {
  return tx.db
    .selectFrom(CALL_TABLE)
    .select(['id', 'language', 'due_day as dueDay', 'due_at as dueAt', 'asked_at as askedAt', 'doubtful'])
    .select([
      sql<number>`(count(*) over ())::integer`.as('total'),
      sql<number>`(count(*) filter (where due_at < ${tx.now}::timestamptz) over ())::integer`.as('late'),
    ])
    .where('town_id', '=', tx.actor.townId)
    .where('outcome', 'is', null)
    .where('phone', 'is not', null)
    .orderBy('doubtful')
    .orderBy('due_at')
    .orderBy('asked_at')
    .limit(SHOWN);
}

/** Each row says it of all. */
function inAll([row]: readonly { total: number; late: number }[]): { total: number; late: number } {
  return { total: row?.total ?? 0, late: row?.late ?? 0 };
}

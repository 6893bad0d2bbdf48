import { localDay } from '../calendar/town-calendar.ts';
import { typedDay } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { PartnerSeat } from './partner-session.command.ts';
import { writeAbsence } from './write-absence.ts';

export type Absence = { id: string; from: string; to: string };

/**
 * A contact says when it is away: steps of the ladder go to the next person meanwhile (spec §4.4). Days as they were typed.
 * @throws DomainError not_a_day, day_passed with the field; `to_day` before `from_day` is no day either.
 */
export async function noteAbsence(
  ctx: CommandContext,
  townId: string,
  seat: PartnerSeat,
  typed: { from: string; to: string },
): Promise<void> {
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, async (tx) => {
    const from = typedDay(policy, tx.now, typed.from, 'from_day');
    const to = typedDay(policy, tx.now, typed.to, 'to_day');
    if (to < from) throw new DomainError('not_a_day', { field: 'to_day' });
    await writeAbsence(tx, seat.contactId, { from, to });
  });
}

/** Back earlier than said: that absence counts no more. Another person's is not touched. */
export async function endAbsence(ctx: CommandContext, townId: string, seat: PartnerSeat, id: string): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, (tx) =>
    tx.db.deleteFrom('contact_absence').where('id', '=', id).execute(),
  );
}

/** The own absences that are not over. */
export async function ownAbsences(ctx: CommandContext, townId: string, seat: PartnerSeat): Promise<Absence[]> {
  const { calendar } = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, (tx) =>
    tx.db
      .selectFrom('contact_absence')
      .select(['id', 'from_day as from', 'to_day as to'])
      .where('to_day', '>=', localDay(calendar, tx.now))
      .orderBy('from_day')
      .execute(),
  );
}

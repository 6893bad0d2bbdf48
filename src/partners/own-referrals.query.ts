import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { ReferralLevel } from '../db/tables/partner.ts';
import { inTransaction } from '../db/transaction.ts';
import type { PartnerSeat } from './partner-session.command.ts';

/** All that a referring organisation ever learns (F2 « retour limité »); forces of order: taken up, not, oriented (spec §3.3). */
export type ClosedAnswer = 'received' | 'begun' | 'not_begun' | 'over' | 'taken_up' | 'not_taken_up' | 'oriented';
export type OwnReferral = { number: string; level: ReferralLevel; referredAt: Date; answer: ClosedAnswer };

/** What this organisation referred, newest first; the answer is made in the database, from which nothing else comes. */
export async function ownReferrals(ctx: CommandContext, townId: string, seat: PartnerSeat): Promise<OwnReferral[]> {
  return inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, async (tx) => {
    const found = await sql<OwnReferral>`
      select number, level, referred_at as "referredAt", answer from own_referrals()`.execute(tx.db);
    return found.rows;
  });
}

/** The organisation that sits there: its name, and its type, which decides what it may refer. */
export async function ownOrganisation(
  ctx: CommandContext,
  townId: string,
  seat: PartnerSeat,
): Promise<{ name: string; type: string }> {
  return inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, (tx) =>
    tx.db
      .selectFrom('organisation')
      .select(['name', 'type'])
      .where('id', '=', seat.organisationId)
      .executeTakeFirstOrThrow(),
  );
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';

/** What the calendar file of one's own appointment needs; nothing when it is not one's own, or does not stand any more. */
export async function ownAppointment(ctx: CommandContext, holder: CodeHolder, sessionId: string) {
  return inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const session = await tx.db
      .selectFrom('session_party as sp')
      .innerJoin('mediation_session as s', 's.id', 'sp.session_id')
      .innerJoin('mediation_case as c', 'c.id', 's.case_id')
      .select(['s.id as sessionId', 's.starts_at as startsAt', 's.ends_at as endsAt', 's.sequence', 'c.number'])
      .where('s.id', '=', sessionId)
      .where('s.state', '=', 'planned')
      .executeTakeFirst();
    return session && { ...session, stamp: tx.now };
  });
}

import { nextMessageInstant } from '../calendar/message-window.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/**
 * When news of a session may leave: in the hours of messages; at once where that would be after the meeting itself, or after the
 * day it was moved from.
 */
export async function newsInTime(tx: WorkerTx, policy: TownPolicy, sessionId: string): Promise<Date> {
  const opens = nextMessageInstant(policy.calendar, tx.now);
  const session = await tx.db
    .selectFrom('mediation_session')
    .select(['starts_at as startsAt', 'moved_from as movedFrom'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  const expected = [session.startsAt, session.movedFrom].filter((at) => at !== null && at > tx.now);
  return expected.some((at) => at !== null && at <= opens) ? tx.now : opens;
}

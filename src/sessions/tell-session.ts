import { nextMessageInstant } from '../calendar/message-window.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { PendingStep, StepOutcome } from '../deadlines/pending-step.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queueForEach } from '../mail/queue-for-each.ts';
import { sessionStream } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { REQUESTER_TEMPLATES } from '../mail/templates.ts';
import { subjectOf } from '../outbox/streams.ts';

/**
 * Invitations and reminders of a session, to those who are invited, in the hours messages may leave; a call where nothing may be written.
 * News that would come after the meeting itself, or after the day it was moved from, leaves at once. That it is off is also said to whoever left, for
 * their calendar, and calls nobody: the news that ended it has its own call.
 */
export async function tellSession(
  tx: WorkerTx,
  policy: TownPolicy,
  theCase: LockedCase,
  step: PendingStep,
): Promise<StepOutcome> {
  const { id: sessionId } = subjectOf(step.streamId);
  const template = REQUESTER_TEMPLATES.find((known) => known === step.template);
  if (!template) throw new Error(`no mail to a resident is called ${step.template}`);
  const over = template === 'session_cancelled';
  const invited = await tx.db
    .selectFrom('session_party as s')
    .innerJoin('party as p', 'p.id', 's.party_id')
    .select(['p.id', 'p.side'])
    .where('s.session_id', '=', sessionId)
    .$if(!over, (query) => query.where('p.ended_at', 'is', null))
    .orderBy('p.created_at')
    .execute();
  const notBefore = await inTime(tx, policy, sessionId);
  const mail = { template, key: step.id, call: !over, subjectId: sessionId, notBefore };
  const outcome = await queueForEach(tx, policy, theCase, invited, mail);
  if (over) await settleStream(tx, sessionStream(sessionId), 'met');
  return outcome;
}

async function inTime(tx: WorkerTx, policy: TownPolicy, sessionId: string): Promise<Date> {
  const opens = nextMessageInstant(policy.calendar, tx.now);
  const session = await tx.db
    .selectFrom('mediation_session')
    .select(['starts_at as startsAt', 'moved_from as movedFrom'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  const expected = [session.startsAt, session.movedFrom].filter((at) => at !== null && at > tx.now);
  return expected.some((at) => at !== null && at <= opens) ? tx.now : opens;
}

import type { LockedCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { PendingStep, StepOutcome } from '../deadlines/pending-step.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queueForEach } from '../mail/queue-for-each.ts';
import { sessionStream, subjectOf } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { newsInTime } from './news-in-time.ts';
import { REQUESTER_TEMPLATES } from '../mail/templates.ts';

/**
 * Invitations and reminders of a session, to those who are invited, in time (`newsInTime`); a call where nothing may be written. That it is off
 * is also said to whoever left, for their calendar, and calls nobody: the news that ended it has its own call.
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
  const notBefore = await newsInTime(tx, policy, sessionId);
  const mail = { template, key: step.id, call: !over, subjectId: sessionId, notBefore };
  const outcome = await queueForEach(tx, policy, theCase, invited, mail);
  if (over) await settleStream(tx, sessionStream(sessionId), 'met');
  return outcome;
}

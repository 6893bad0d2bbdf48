import { sql } from 'kysely';
import type { StreamSnapshot } from '../../workflows/stream.messages.ts';
import { type CaseState, isActive } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import { inTransaction } from '../db/transaction.ts';
import type { StreamId } from '../outbox/streams.ts';

type Row = {
  lastSeq: number;
  closed: boolean;
  offsetMs: string;
  state: CaseState | null;
  stepId: string | null;
  stepAt: Date | null;
};

/**
 * The snapshot a workflow follows, and the acknowledgement of everything up to its lastSeq, in one transaction.
 * A stream nobody knows is ended: a workflow started for it has nothing to do.
 */
export async function loadStream(
  ctx: CommandContext,
  townId: string,
  streamId: StreamId,
): Promise<StreamSnapshot & { stage: CaseState | null }> {
  const snapshot = await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    // The lock first, in a statement of its own: one that waited for a command would acknowledge that command's seq while reading
    // its steps from before it.
    await sql`select 1 from stream where id = ${streamId} for update`.execute(tx.db);
    const found = await sql<Row>`
      with seen as (
        update stream set acked_seq = last_seq, acked_at = clock_timestamp()
        where id = ${streamId} and town_id = ${townId}
        returning id, last_seq, closed, subject_id
      )
      select seen.last_seq as "lastSeq", seen.closed, town_clock_offset(${townId}::uuid) as "offsetMs", c.state,
             next.id as "stepId", next.at as "stepAt"
      from seen
      left join mediation_case c on c.id = seen.subject_id
      left join lateral (
        select step.id, step.at from step where step.stream_id = seen.id and step.state = 'pending'
        order by step.at, step.ordinal, step.id limit 1
      ) next on true`.execute(tx.db);
    crashPoint('load.before_commit');
    const row = found.rows[0];
    if (!row) return { lastSeq: 0, offsetMs: 0, ended: true, nextStep: null, stage: null };
    return {
      lastSeq: row.lastSeq,
      offsetMs: Number(row.offsetMs),
      // A case that has closed still has its last steps to take: the check after three months, the evaluation of the work.
      ended: (row.closed || (row.state !== null && !isActive(row.state))) && row.stepId === null,
      nextStep: row.stepId && row.stepAt ? { id: row.stepId, at: row.stepAt.getTime() } : null,
      stage: row.state,
    };
  });
  crashPoint('load.after_commit');
  return snapshot;
}

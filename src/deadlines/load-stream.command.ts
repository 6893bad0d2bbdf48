import { sql } from 'kysely';
import type { StreamSnapshot } from '../../workflows/stream.messages.ts';
import { type CaseState, isActive } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import type { StreamId } from '../outbox/streams.ts';
import type { RequestState } from '../partners/request-status.ts';
import type { RightsState } from '../rights/rights-status.ts';

type States = { caseState: CaseState | null; requestState: RequestState | null; rightsState: RightsState | null };
type Row = States & {
  lastSeq: number;
  closed: boolean;
  offsetMs: string;
  stepId: string | null;
  stepAt: Date | null;
};

/** A stream as its workflow follows it, with the state of what it is about: a case, a request to a partner, a request about one's own data. */
export type LoadedStream = States & { snapshot: StreamSnapshot };

const UNKNOWN: LoadedStream = {
  snapshot: { lastSeq: 0, offsetMs: 0, ended: true, nextStep: null },
  caseState: null,
  requestState: null,
  rightsState: null,
};

/**
 * The snapshot a workflow follows, and the acknowledgement of everything up to its lastSeq, in one transaction: the statement itself, which
 * takes the worker's role and town first and locks the stream before it reads (docs/decisions/0004 and 0021).
 * A stream nobody knows is ended: a workflow started for it has nothing to do.
 */
export async function loadStream(ctx: CommandContext, townId: string, streamId: StreamId): Promise<LoadedStream> {
  crashPoint('load.before_read');
  const found = await sql<Row>`
    select last_seq as "lastSeq", closed, offset_ms as "offsetMs", case_state as "caseState", request_state as "requestState",
           rights_state as "rightsState", step_id as "stepId", step_at as "stepAt"
    from read_stream(${townId}::uuid, ${streamId})`.execute(ctx.db);
  crashPoint('load.after_commit');
  const row = found.rows[0];
  if (!row) return UNKNOWN;
  const { lastSeq, caseState, requestState, rightsState } = row;
  const snapshot = {
    lastSeq,
    offsetMs: Number(row.offsetMs),
    // A case that has closed still has its last steps to take: the check after three months, the evaluation of the work.
    ended: (row.closed || (caseState !== null && !isActive(caseState))) && row.stepId === null,
    nextStep: row.stepId && row.stepAt ? { id: row.stepId, at: row.stepAt.getTime() } : null,
  };
  return { snapshot, caseState, requestState, rightsState };
}

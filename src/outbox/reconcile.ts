import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Log } from '../log.ts';
import { RECONCILED } from '../../workflows/stream.messages.ts';
import { RepairPauses } from './repair-pauses.ts';
import type { StreamSignaller } from '../temporal/signal-stream.ts';

type Suspect = {
  streamId: string;
  townId: string;
  lastSeq: number;
  reason: 'not_acknowledged' | 'step_late' | 'not_running';
};

/** How long a promise may wait before somebody looks; tests shorten it. */
export type ReconcilerLimits = { ackMs: number; lateMs: number };
export const RECONCILER_LIMITS: ReconcilerLimits = { ackMs: 120_000, lateMs: 120_000 };

const LOCK = 727_302;

/**
 * Compares rows with workflows and repairs by signalling again (architecture.md, "Reconciler"): a delivered change that its
 * stream has not acknowledged, a step that is late. Looked for by one relay at a time; a repair made twice by two is harmless, the
 * workflow drops what it has seen. One that fails keeps no other from being made.
 * @returns the number of repairs; in calm running it is 0.
 */
export async function reconcile(
  db: Db,
  signaller: StreamSignaller,
  log: Log,
  limits: ReconcilerLimits = RECONCILER_LIMITS,
  pauses: RepairPauses = new RepairPauses(0),
): Promise<number> {
  const suspects = await inTransaction(db, { role: 'app_relay' }, async (tx) => {
    const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as held`.execute(tx.db);
    if (!lock.rows[0]?.held) return [];
    const found = await sql<Suspect>`
      select s.id as "streamId", s.town_id as "townId", s.last_seq as "lastSeq", 'not_acknowledged' as reason
      from stream s
      where not s.closed and s.acked_seq < s.last_seq and exists (
        select 1 from outbox o where o.stream_id = s.id and o.seq = s.last_seq
          and o.delivered_at < clock_timestamp() - make_interval(secs => ${limits.ackMs / 1000}))
      union
      select s.id, s.town_id, s.last_seq, 'step_late' from late_streams(${limits.lateMs}) l join stream s on s.id = l.stream_id`.execute(
      tx.db,
    );
    return found.rows;
  });
  let repairs = 0;
  for (const suspect of pauses.due(suspects, Date.now())) {
    if (await repair(signaller, log, suspect)) repairs += 1;
    pauses.repaired(suspect.streamId, Date.now());
  }
  return repairs;
}

/** Once a day: describes every open stream that has nothing left to deliver and starts again those that do not run. @returns the number of repairs. */
export async function sweepOpenStreams(db: Db, signaller: StreamSignaller, log: Log): Promise<number> {
  const open = await inTransaction(db, { role: 'app_relay' }, (tx) =>
    tx.db
      .selectFrom('stream')
      .select(['id as streamId', 'town_id as townId', 'last_seq as lastSeq'])
      .where('closed', '=', false)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox')
              .select('seq')
              .whereRef('outbox.stream_id', '=', 'stream.id')
              .where('delivered_at', 'is', null),
          ),
        ),
      )
      .orderBy('id')
      .execute(),
  );
  let repairs = 0;
  for (const stream of open) {
    if (await repair(signaller, log, { ...stream, reason: 'not_running' })) repairs += 1;
  }
  return repairs;
}

/** @returns whether it was signalled: a running workflow that was only swept is not, one whose signal failed is tried next time. */
async function repair(signaller: StreamSignaller, log: Log, suspect: Suspect): Promise<boolean> {
  const { streamId: stream, lastSeq: seq, reason } = suspect;
  try {
    const running = await signaller.isRunning(suspect);
    if (running && reason === 'not_running') return false;
    log.warn('stream_repaired', { stream, seq, reason, running });
    await signaller.changed(suspect, { seq, code: RECONCILED });
    return true;
  } catch (error) {
    log.error('stream_not_repaired', error, { stream, seq, reason });
    return false;
  }
}

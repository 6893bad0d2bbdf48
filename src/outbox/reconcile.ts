import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Log } from '../log.ts';
import { RECONCILED } from '../../workflows/stream.messages.ts';
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
 * stream has not acknowledged, a step that is late. One at a time over all relays, under an advisory lock.
 * @returns the number of repairs; in calm running it is 0.
 */
export async function reconcile(
  db: Db,
  signaller: StreamSignaller,
  log: Log,
  limits: ReconcilerLimits = RECONCILER_LIMITS,
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
  for (const suspect of suspects) await repair(signaller, log, suspect);
  return suspects.length;
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
    if (await signaller.isRunning(stream)) continue;
    repairs += 1;
    await repair(signaller, log, { ...stream, reason: 'not_running' });
  }
  return repairs;
}

async function repair(signaller: StreamSignaller, log: Log, suspect: Suspect): Promise<void> {
  const running = await signaller.isRunning(suspect);
  log.warn('stream_repaired', { stream: suspect.streamId, seq: suspect.lastSeq, reason: suspect.reason, running });
  await signaller.changed(suspect, { seq: suspect.lastSeq, code: RECONCILED });
}

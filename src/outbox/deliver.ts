import { sql } from 'kysely';
import { crashPoint } from '../crash-point.ts';
import type { Db } from '../db/database.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import type { Log } from '../log.ts';
import type { StreamSignaller } from '../temporal/signal-stream.ts';

type Claimed = { stream_id: string; seq: number; town_id: string; code: string; attempts: number; seen: boolean };

const BATCH = 50;
const LEASE = '30 seconds';
const BACKOFF_MS = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * Delivers what the outbox promises: claims the oldest waiting row of each stream under a lease, signals outside any lock, writes
 * the result down. At least once; the workflow drops what it has seen. Rows the workflow has already read are not sent again, nor those
 * after which it would wait as it waits now (docs/decisions/0022).
 * @returns how many rows were settled; call again while it is not 0.
 */
export async function deliverOutbox(db: Db, signaller: StreamSignaller, log: Log): Promise<number> {
  const claimed = await inTransaction(db, { role: 'app_relay' }, async (tx) => {
    const rows = await sql<Claimed>`
      with next as (
        select o.stream_id, o.seq from outbox o
        where o.delivered_at is null and o.next_at <= clock_timestamp()
          and (o.lease_until is null or o.lease_until < clock_timestamp())
          and not exists (select 1 from outbox e where e.stream_id = o.stream_id and e.seq < o.seq and e.delivered_at is null)
        order by o.next_at limit ${BATCH} for update skip locked
      )
      update outbox o set lease_until = clock_timestamp() + ${LEASE}::interval, attempts = o.attempts + 1
      from next, stream s
      where o.stream_id = next.stream_id and o.seq = next.seq and s.id = o.stream_id
      returning o.stream_id, o.seq, o.town_id, o.code, o.attempts, s.acked_seq >= o.seq as seen`.execute(tx.db);
    return withoutQuiet(tx, rows.rows);
  });
  if (claimed.length > 0) crashPoint('relay.claimed');
  const settled = await Promise.all(claimed.map((row) => deliver(db, signaller, log, row)));
  return settled.filter(Boolean).length;
}

/** Nobody is told of a change that leaves a stream's state as it is and brings no step sooner. */
async function withoutQuiet(tx: Tx, rows: Claimed[]): Promise<Claimed[]> {
  const unseen = rows.filter(({ seen }) => !seen);
  if (unseen.length === 0) return rows;
  const quiet = await sql<{ id: string }>`
    select quiet_changes(${unseen.map(({ stream_id }) => stream_id)}::text[], ${unseen.map(({ seq }) => seq)}::integer[]) as id`.execute(
    tx.db,
  );
  const ids = new Set(quiet.rows.map(({ id }) => id));
  return rows.map((row) => (ids.has(row.stream_id) ? { ...row, seen: true } : row));
}

async function deliver(db: Db, signaller: StreamSignaller, log: Log, row: Claimed): Promise<boolean> {
  try {
    if (!row.seen) {
      await signaller.changed({ streamId: row.stream_id, townId: row.town_id }, { seq: row.seq, code: row.code });
    }
    crashPoint('relay.signalled');
    await settle(db, row, sql`delivered_at = clock_timestamp(), lease_until = null, last_error = null`);
    return true;
  } catch (error) {
    const wait = BACKOFF_MS[Math.min(row.attempts, BACKOFF_MS.length) - 1] ?? 30_000;
    log.warn('outbox_not_delivered', {
      stream: row.stream_id,
      seq: row.seq,
      attempts: row.attempts,
      error: nameOf(error),
    });
    await settle(
      db,
      row,
      sql`next_at = clock_timestamp() + make_interval(secs => ${wait / 1000}), lease_until = null, last_error = ${nameOf(error)}`,
    );
    return false;
  }
}

async function settle(db: Db, row: Claimed, set: ReturnType<typeof sql>): Promise<void> {
  await inTransaction(db, { role: 'app_relay' }, async (tx) => {
    await sql`update outbox set ${set} where stream_id = ${row.stream_id} and seq = ${row.seq} and delivered_at is null`.execute(
      tx.db,
    );
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { subjectOf } from '../outbox/streams.ts';
import type { StreamSignaller } from '../temporal/signal-stream.ts';

export type Travel = { db: Db; signaller: StreamSignaller; townId: string };
export type Arrival = { instants: number; at: Date; stuck: boolean };

const POLL_MS = 8;
/** One instant may take this long in real time before the journey stops and says so. */
const PATIENCE_MS = 30_000;
const A_MONTH_OF_NIGHTS = 31;

/**
 * Moves a demo town's clock from one pending instant to the next, in order, each finished before the next: its steps done or
 * skipped, its changes acknowledged, its mails settled (architecture.md, "Two kinds of time").
 * @param until the business instant to arrive at; undefined: the next pending instant that is more than the town's nightly round, or a month of nights.
 */
export async function travel(
  journey: Travel,
  until: Date | undefined,
  onInstant: (at: Date, instants: number) => Promise<void> = async () => undefined,
): Promise<Arrival> {
  let instants = 0;
  for (;;) {
    const next = await nextInstant(journey, until);
    const at = next?.at ?? until;
    if (!at) return { instants, at: await businessNow(journey), stuck: false };
    const offsetMs = await advance(journey, at);
    await Promise.all(
      (next?.streams ?? []).map((streamId) =>
        journey.signaller.clockMoved({ streamId, townId: journey.townId }, offsetMs),
      ),
    );
    if (!(await settled(journey, at))) return { instants, at, stuck: true };
    if (!next) return { instants, at, stuck: false };
    instants += 1;
    await onInstant(at, instants);
    if (!until && (!isNight(next) || instants >= A_MONTH_OF_NIGHTS)) return { instants, at, stuck: false };
  }
}

/** Nothing but the town's nightly round: nobody who moves the clock by hand waits for it. */
function isNight({ streams }: Instant): boolean {
  return streams.length > 0 && streams.every((stream) => subjectOf(stream).about === 'daily');
}

type Instant = { at: Date; streams: string[] };

const FAR = new Date('9999-01-01T00:00:00Z');

async function nextInstant({ db, townId }: Travel, until: Date | undefined): Promise<Instant | undefined> {
  const found = await inTransaction(db, { role: 'app_relay' }, (tx) =>
    sql<{ at: Date; stream_id: string | null }>`
      select i.at, i.stream_id from business_now(${townId}::uuid) as n(now), next_instants(${townId}::uuid, n.now, ${until ?? FAR}) i`.execute(
      tx.db,
    ),
  );
  const first = found.rows[0];
  if (!first) return undefined;
  return { at: first.at, streams: [...new Set(found.rows.flatMap((row) => (row.stream_id ? [row.stream_id] : [])))] };
}

async function advance({ db, townId }: Travel, at: Date): Promise<number> {
  const moved = await inTransaction(db, { role: 'app_relay' }, (tx) =>
    sql<{
      offset_ms: string;
    }>`select advance_clock(${townId}::uuid, ${at}) as offset_ms, pg_notify('mail', '')`.execute(tx.db),
  );
  return Number(moved.rows[0]?.offset_ms ?? 0);
}

async function settled({ db, townId }: Travel, at: Date): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const left = await inTransaction(db, { role: 'app_relay' }, (tx) =>
      sql<{
        total: string;
      }>`select steps + signals + mails as total from unfinished_before(${townId}::uuid, ${at})`.execute(tx.db),
    );
    if (left.rows[0]?.total === '0') return true;
    await wait(POLL_MS);
  }
  return false;
}

async function businessNow({ db, townId }: Travel): Promise<Date> {
  const read = await inTransaction(db, { role: 'app_relay' }, (tx) =>
    sql<{ now: Date }>`select business_now(${townId}::uuid) as now`.execute(tx.db),
  );
  const now = read.rows[0]?.now;
  if (!now) throw new Error('unknown town');
  return now;
}

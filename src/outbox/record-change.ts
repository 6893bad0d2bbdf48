import { type OperationNodeSource, sql } from 'kysely';
import { formOf, type TownTx } from '../db/transaction.ts';
import type { EventData, JournalActor } from '../db/tables/journal.ts';
import type { EventCode } from '../journal/event-codes.ts';
import { referralStream, type StreamId } from './streams.ts';

export type Change = {
  caseId: string;
  code: EventCode;
  actor: JournalActor;
  personId?: string;
  /** Ids, codes and dates only (line 3 of architecture.md). */
  data?: EventData;
  /** True when nobody waits any more: the stream's workflow ends. Left out, the stream stays as it is: an act on an ended case opens nothing. */
  closes?: boolean;
  /** The stream of what changed inside the case (a request to a partner, a session): its workflow is told too, and ends with `closes`. */
  inside?: { stream: StreamId; subjectId: string; closes: boolean };
  /** The update that is the change, written by the same statement. */
  update?: OperationNodeSource;
  /** True when whoever makes the change reads the stream next: it need not be told of it. */
  acknowledged?: boolean;
};

/**
 * Writes one change down: its journal line and its outbox row, under the same seq, in one statement.
 * The caller holds the lock of the case row (or has just inserted it), which makes seq gapless and ordered.
 * @returns the seq given to this change.
 */
export async function recordChange(tx: TownTx, change: Change): Promise<number> {
  const stream = referralStream(change.caseId);
  const { townId } = tx.actor;
  const written = await sql<{ seq: number }>`
    with s as (
      insert into stream (id, town_id, subject_id, last_seq, closed)
      values (${stream}, ${townId}, ${change.caseId}, 1, ${change.closes ?? false})
      on conflict (id) do update set last_seq = stream.last_seq + 1, closed = coalesce(${change.closes ?? null}::boolean, stream.closed)
        ${change.acknowledged ? sql`, acked_seq = stream.last_seq + 1, acked_at = clock_timestamp()` : sql``}
      returning last_seq
    ), e as (
      insert into case_event (case_id, seq, town_id, at, actor, person_id, code, data, form_id)
      select ${change.caseId}::uuid, last_seq, ${townId}::uuid, ${tx.now}::timestamptz, ${change.actor},
             ${change.personId ?? null}::uuid, ${change.code}, ${JSON.stringify(change.data ?? {})}::jsonb,
             ${formOf(tx.actor)}::uuid from s
    ), o as (
      insert into outbox (stream_id, seq, town_id, code)
      select ${stream}, last_seq, ${townId}::uuid, ${change.code} from s
    )
    ${change.update ? sql`, u as (${change.update})` : sql``}
    select last_seq as seq from s`.execute(tx.db);
  const row = written.rows[0];
  if (!row) throw new Error('change not recorded');
  if (change.inside) await tellStream(tx, change.code, change.inside);
  return row.seq;
}

/** The row of a stream inside a case, before anything can wait on it. */
export async function openStream(tx: TownTx, stream: StreamId, subjectId: string): Promise<void> {
  await sql`insert into stream (id, town_id, subject_id, last_seq, closed)
    values (${stream}, ${tx.actor.townId}, ${subjectId}, 0, false)`.execute(tx.db);
}

/** One more number of a stream inside the case, under the same lock; the journal has its line already. */
export async function tellStream(
  tx: TownTx,
  code: EventCode,
  { stream, subjectId, closes }: NonNullable<Change['inside']>,
): Promise<void> {
  const { townId } = tx.actor;
  await sql`
    with s as (
      insert into stream (id, town_id, subject_id, last_seq, closed)
      values (${stream}, ${townId}, ${subjectId}, 1, ${closes})
      on conflict (id) do update set last_seq = stream.last_seq + 1, closed = excluded.closed
      returning last_seq
    )
    insert into outbox (stream_id, seq, town_id, code)
    select ${stream}, last_seq, ${townId}::uuid, ${code} from s`.execute(tx.db);
}

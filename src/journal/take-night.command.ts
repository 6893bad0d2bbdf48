import { sql } from 'kysely';
import { eraseCalls } from '../calls/erase-calls.ts';
import { remindOfCalls } from '../calls/tell-leaders.ts';
import { eraseAttachments } from '../attachments/erase-attachments.ts';
import { instantAt, localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { eraseContacts } from '../parties/erase-contacts.ts';
import { eraseObservations } from '../requests/erase-observations.ts';
import { eraseAsked } from '../rights/erase-asked.ts';
import { dailyStream } from '../outbox/streams.ts';

/** Outside 01:00–03:59, which a clock change can skip or repeat. */
const NIGHT_AT = '04:10';
const READS_KEPT_MONTHS = 12;

/**
 * One night of a town: seals the journals of yesterday and of every day missed while nothing ran, keeps partitions ahead, drops reads older than twelve months, erases the contact of
 * parties that left a month ago, of people who asked for it (R82) and of people who were called, what was sent to cases that ended three months ago, and places
 * pointed out 24 months ago (§3.5), and opens the next night. Safe to repeat.
 */
export async function takeNight(ctx: CommandContext, townId: string, stepId: string): Promise<void> {
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const taken = await sql<{ deadline_id: string }>`
      update step set state = 'done', outcome = 'sealed', acted_at = ${tx.now}
      where id = ${stepId} and state = 'pending' and at <= ${tx.now} returning deadline_id`.execute(tx.db);
    const deadlineId = taken.rows[0]?.deadline_id;
    if (!deadlineId) return;
    await sql`update deadline set state = 'met', settled_at = ${tx.now} where id = ${deadlineId}`.execute(tx.db);
    const today = localDay(policy.calendar, tx.now);
    for (let day = await firstUnsealed(tx, today); day < today; day = dayAfter(day)) {
      const [from, to] = [day, dayAfter(day)].map((start) => instantAt(policy.calendar, start, '00:00'));
      await sql`select seal_day(${townId}::uuid, ${day}::date, ${from}::timestamptz, ${to}::timestamptz, ${tx.now}::timestamptz)`.execute(
        tx.db,
      );
    }
    await sql`select make_read_partitions(${today}::date, 3)`.execute(tx.db);
    await sql`select drop_read_partitions(${READS_KEPT_MONTHS}::integer)`.execute(tx.db);
    await eraseContacts(tx, today);
    await eraseAttachments(tx, policy, today);
    await eraseAsked(tx, ctx.keys, today);
    await eraseCalls(tx);
    await eraseObservations(tx, policy.calendar);
    await remindOfCalls(tx, policy, today);
    await openNight(tx, policy, 'night_taken');
  });
}

/** Opens the next night: the first 04:10 of the town that has not passed. */
export async function openNight(tx: WorkerTx, policy: TownPolicy, code: 'town_created' | 'night_taken'): Promise<void> {
  const { townId } = tx.actor;
  const stream = dailyStream(townId);
  const today = localDay(policy.calendar, tx.now);
  const tonight = instantAt(policy.calendar, today, NIGHT_AT);
  const day = tx.now < tonight ? today : dayAfter(today);
  const at = instantAt(policy.calendar, day, NIGHT_AT);
  await sql`
    with s as (
      insert into stream (id, town_id, subject_id, last_seq) values (${stream}, ${townId}, ${townId}, 1)
      on conflict (id) do update set last_seq = stream.last_seq + 1 returning last_seq
    )
    insert into outbox (stream_id, seq, town_id, code) select ${stream}, last_seq, ${townId}::uuid, ${code} from s`.execute(
    tx.db,
  );
  await sql`
    with d as (
      insert into deadline (town_id, stream_id, kind, waits_for, pausable, opened_at, due_day, due_at)
      values (${townId}, ${stream}, 'nightly', 'service', false, ${tx.now}, ${day}, ${at}) returning id
    )
    insert into step (deadline_id, town_id, stream_id, ordinal, at, audience, action, template)
    select id, ${townId}::uuid, ${stream}, 1, ${at}::timestamptz, 'service', 'nightly', 'seal' from d`.execute(tx.db);
}

/** The day after the last one sealed; yesterday where none was. */
async function firstUnsealed(tx: WorkerTx, today: string): Promise<string> {
  const sealed = await sql<{ day: string | null }>`
    select max(day) as day from journal_seal where town_id = ${tx.actor.townId} and kind = 'reads'`.execute(tx.db);
  const last = sealed.rows[0]?.day;
  return last ? dayAfter(last) : dayBefore(today);
}

function dayAfter(day: string): string {
  return shifted(day, 1);
}
function dayBefore(day: string): string {
  return shifted(day, -1);
}
function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

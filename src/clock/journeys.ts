import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Log } from '../log.ts';
import { missingPart } from '../outbox/heartbeat.ts';
import type { StreamSignaller } from '../temporal/signal-stream.ts';
import { travel } from './travel.ts';

type Asked = { id: string; town_id: string; until: Date | null };

/** Makes the journeys through time that the demo page asked for, one per town, writing progress down after each instant. */
export async function runAskedJourneys(
  db: Db,
  signaller: StreamSignaller,
  log: Log,
  stopped: () => boolean,
): Promise<void> {
  const asked = await inTransaction(db, { role: 'app_relay' }, (tx) =>
    sql<Asked>`update clock_journey set state = 'running' where id in (
        select id from clock_journey where state = 'asked' or (state = 'running' and asked_at < clock_timestamp() - interval '10 minutes')
        order by asked_at limit 1 for update skip locked)
      returning id, town_id, until`.execute(tx.db),
  );
  const journey = asked.rows[0];
  if (!journey || stopped()) return;
  const missing = await missingPart(db, await signaller.isUp());
  if (missing) {
    await note(db, journey.id, { state: 'refused', reason: missing });
    return;
  }
  try {
    const arrival = await travel(
      { db, signaller, townId: journey.town_id },
      journey.until ?? undefined,
      (at, instants) => note(db, journey.id, { state: 'running', at, instants }),
    );
    await note(db, journey.id, {
      state: arrival.stuck ? 'stopped' : 'arrived',
      at: arrival.at,
      instants: arrival.instants,
      ...(arrival.stuck ? { reason: 'step_unfinished' } : {}),
    });
  } catch (error) {
    log.error('journey_failed', error);
    await note(db, journey.id, { state: 'stopped', reason: 'failed' });
  }
}

type Note = { state: 'running' | 'arrived' | 'refused' | 'stopped'; at?: Date; instants?: number; reason?: string };

async function note(db: Db, id: string, { state, at, instants, reason }: Note): Promise<void> {
  await inTransaction(db, { role: 'app_relay' }, (tx) =>
    tx.db
      .updateTable('clock_journey')
      .set({ state, reason: reason ?? null, ...(at ? { at } : {}), ...(instants === undefined ? {} : { instants }) })
      .where('id', '=', id)
      .execute(),
  );
}

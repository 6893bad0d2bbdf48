import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';

/** A role says that it lives, and whether the part it leans on answers: Temporal for the relay, SMTP for the worker. Real time. */
export type Beat = { role: 'relay' | 'worker'; partUp: boolean };

/** A role that has not said so for this long is away. */
const FRESH = '15 seconds';

/** Says that a process of this role lives, and whether the part it needs answers. */
export async function beat(db: Db, instance: string, { role, partUp }: Beat): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('role', ${`app_${role}`}, true)`.execute(tx);
    await sql`insert into heartbeat (role, instance, at, temporal) values (${role}, ${instance}, clock_timestamp(), ${partUp ? 'up' : 'down'})
      on conflict (role, instance) do update set at = excluded.at, temporal = excluded.temporal`.execute(tx);
  });
}

/** The newest beats of the roles that live; of several instances, one whose part answers is enough. */
export async function freshBeats({ db }: Tx): Promise<Beat[]> {
  const found = await sql<Beat>`
    select role, bool_or(temporal = 'up') as "partUp" from heartbeat
    where at > clock_timestamp() - ${FRESH}::interval group by role`.execute(db);
  return found.rows;
}

export type MissingPart = 'temporal_down' | 'worker_down' | 'smtp_down';

/** The part without which a journey through time would leave things undone (architecture.md, "Two kinds of time"). */
export async function missingPart(db: Db, temporalUp: boolean): Promise<MissingPart | undefined> {
  if (!temporalUp) return 'temporal_down';
  const beats = await inTransaction(db, { role: 'app_relay' }, freshBeats);
  const worker = beats.find(({ role }) => role === 'worker');
  if (!worker) return 'worker_down';
  return worker.partUp ? undefined : 'smtp_down';
}

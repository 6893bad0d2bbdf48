import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/** One that nobody has looked at yet, or that no scanner has seen. */
export type DueCheck = { id: string; townId: string };

/**
 * What is to be looked at now, of all towns, the oldest first.
 * @param scanned a scanner is there: what was let through without one is looked at again.
 */
export async function dueChecks(db: Db, scanned: boolean, limit: number): Promise<DueCheck[]> {
  return db.transaction().execute(async (transaction) => {
    await sql`select set_config('role', 'app_worker', true)`.execute(transaction);
    const found = await sql<DueCheck>`
      select id, town_id as "townId" from attachment
      where (state = 'quarantined' or (${scanned} and state = 'checked' and antivirus = 'none'))
        and (next_check_at is null or next_check_at <= clock_timestamp())
      order by next_check_at nulls last limit ${limit}`.execute(transaction);
    return found.rows;
  });
}

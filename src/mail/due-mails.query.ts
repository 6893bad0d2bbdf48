import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { TakenMail } from './settle-mail.command.ts';

/** A mail to send now, or (`lost`) one whose sender's lease has run out. */
export type DueMail = TakenMail & { town_id: string; lost: boolean; held_for_long: boolean };

/**
 * What the ledger owes now, of all towns, oldest first. The worker's policy on the ledger spans towns, and no town is known before
 * this is read; everything about one mail is then done inside its town.
 */
export async function dueMails(db: Db, limit: number): Promise<DueMail[]> {
  return db.transaction().execute(async (transaction) => {
    await sql`select set_config('role', 'app_worker', true)`.execute(transaction);
    const found = await sql<DueMail>`
      select mail.id, mail.town_id, template, case_id, person_id, party_id, contact_id, subject_id, message_id, attempts,
        mail.state = 'sending' as lost, next_attempt_at < clock_timestamp() - interval '5 minutes' as held_for_long
      from mail join town on town.id = mail.town_id
      where (mail.state = 'queued' and next_attempt_at <= clock_timestamp()
             and not_before <= clock_timestamp() + make_interval(secs => town.clock_offset_ms / 1000.0))
         or (mail.state = 'sending' and lease_until < clock_timestamp())
      order by not_before limit ${limit}`.execute(transaction);
    return found.rows;
  });
}

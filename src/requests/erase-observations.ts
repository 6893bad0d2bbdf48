import { sql } from 'kysely';
import type { TownCalendar } from '../calendar/town-calendar.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { OBSERVATION_KEPT_MONTHS } from './request-choices.ts';

/**
 * Deletes every place pointed out 24 months ago or more, with all that was written and the key that opens it; what stays is how many there were
 * (spec §3.5). `observation_by_day` serves it.
 */
export async function eraseObservations(tx: WorkerTx, { timeZone }: Pick<TownCalendar, 'timeZone'>): Promise<void> {
  await sql`
    with gone as (
      delete from field_observation
      where town_id = ${tx.actor.townId}
        and observed_at <= ${tx.now}::timestamptz - make_interval(months => ${OBSERVATION_KEPT_MONTHS})
      returning town_id, date_trunc('month', observed_at at time zone ${timeZone})::date as month, quarter_code, place_type, domain, channel
    )
    insert into observation_count as known (town_id, month, quarter_code, place_type, domain, channel, observations)
    select town_id, month, quarter_code, place_type, domain, channel, count(*)::integer from gone group by 1, 2, 3, 4, 5, 6
    on conflict (town_id, month, quarter_code, place_type, domain, channel)
    do update set observations = known.observations + excluded.observations`.execute(tx.db);
}

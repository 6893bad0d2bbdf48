import { sql } from 'kysely';
import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import type { Channel } from '../db/tables/case.ts';
import { inTransaction } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import type { StaffPerson } from './staff-person.query.ts';

/** A place somebody pointed out without a name, as a leader reads it. */
export type Observation = {
  id: string;
  observedAt: Date;
  quarter: string | null;
  place: string | null;
  placeType: string | null;
  placeText: string | undefined;
  line: string | undefined;
  stop: string | undefined;
  categories: string[];
  note: string | undefined;
  danger: boolean;
  doubtful: boolean;
  channel: Channel;
  /** The name of whoever of the team typed it, and the day it was said (YYYY-MM-DD). */
  enteredBy: string | null;
  saidOn: string | null;
};
export type ObservationList = { observations: Observation[]; total: number; following: string | undefined };

const PAGE = 50;
const RECENT_DAYS = 30;
const TABLE = 'field_observation';

type Row = Omit<Observation, 'placeText' | 'line' | 'stop' | 'note'> & {
  kid: string;
  wrappedKey: Buffer;
  note: Buffer | null;
  placeText: Buffer | null;
  line: Buffer | null;
  stop: Buffer | null;
};

/**
 * The places pointed out in the quarters this leader's teams have, and those without a quarter; the newest first. Row-level security
 * chooses; the reading of what was written is noted (R88). `observation_by_day` serves it.
 * @param after id of the last one of the page before; the first page where there is none.
 */
export async function observationList(
  ctx: CommandContext,
  person: StaffPerson,
  after: string | undefined,
): Promise<ObservationList> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const found = await sql<Row>`
      select o.id, o.observed_at as "observedAt", q.name as quarter, p.name as place, o.place_type as "placeType", o.place_text as "placeText",
        o.transport_line as line, o.transport_stop as stop, o.categories, o.note, o.danger, o.doubtful, o.channel,
        w.first_name || ' ' || w.last_name as "enteredBy", o.said_on::text as "saidOn", o.kid, o.wrapped_key as "wrappedKey"
      from field_observation o
      left join quarter q on q.town_id = o.town_id and q.code = o.quarter_code
      left join place p on p.id = o.place_id
      left join person w on w.id = o.entered_by
      where o.town_id = ${person.townId} and coalesce((o.observed_at, o.id) <
        (select b.observed_at, b.id from field_observation b where b.id = ${after ?? null}::uuid), true)
      order by o.observed_at desc, o.id desc limit ${PAGE + 1}`.execute(tx.db);
    const counted = await tx.db
      .selectFrom('field_observation')
      .select(({ fn }) => fn.countAll<string>().as('total'))
      .where('town_id', '=', person.townId)
      .executeTakeFirstOrThrow();
    await noteRead(tx, { kind: 'list_viewed', groups: ['observations'] });
    const rows = found.rows.slice(0, PAGE);
    return {
      observations: rows.map((row) => opened(ctx, row)),
      total: Number(counted.total),
      following: found.rows.length > PAGE ? rows.at(-1)?.id : undefined,
    };
  });
}

function opened(ctx: CommandContext, { kid, wrappedKey, ...row }: Row): Observation {
  const text = new CaseText(ctx.keys, { id: row.id, kid, wrappedKey });
  return {
    ...row,
    note: text.openOptional(TABLE, 'note', row.note),
    placeText: text.openOptional(TABLE, 'place_text', row.placeText),
    line: text.openOptional(TABLE, 'transport_line', row.line),
    stop: text.openOptional(TABLE, 'transport_stop', row.stop),
  };
}

/** How many were pointed out lately: a number beside what there is to do. */
export async function recentObservations(ctx: CommandContext, person: StaffPerson): Promise<number> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const counted = await sql<{ count: number }>`
      select count(*)::integer as count from field_observation
      where town_id = ${person.townId} and observed_at > ${tx.now}::timestamptz - make_interval(days => ${RECENT_DAYS})`.execute(
      tx.db,
    );
    return counted.rows[0]?.count ?? 0;
  });
}

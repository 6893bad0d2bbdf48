import { type Selectable, sql } from 'kysely';
import type { LadderStep } from '../calendar/ladder.ts';
import type { TownCalendar } from '../calendar/town-calendar.ts';
import type { Db, RawTransaction } from '../db/database.ts';
import type {
  Audience,
  LadderStepTable,
  LadderTable,
  OffsetUnit,
  StepAction,
  TownOpeningTable,
  TownTable,
} from '../db/tables/town.ts';
import { inTransaction } from '../db/transaction.ts';
import type { DeadlineKind } from './kinds.ts';

export type PolicyStep = LadderStep & { audience: Audience; action: StepAction };
export type Ladder = {
  target: { unit: OffsetUnit; n: number };
  waitsFor: Audience;
  pausable: boolean;
  steps: PolicyStep[];
};
/** What a town decided about time: its calendar and its ladders. Read often, changed rarely. */
export type TownPolicy = { calendar: TownCalendar; ladder(kind: DeadlineKind): Ladder };

const FRESH_MS = 5_000;
const MESSAGE_WINDOW: [string, string] = ['09:00', '17:30'];

/** Policies by town, read from rows at most every five seconds. */
export class TownPolicies {
  readonly #db: Db;
  readonly #known = new Map<string, { readAt: number; policy: Promise<TownPolicy> }>();
  readonly #role: 'app_public' | 'app_worker';
  /** @param role the one this process's login may take; both may read a town's rules. */
  constructor(db: Db, role: 'app_public' | 'app_worker') {
    this.#db = db;
    this.#role = role;
  }

  of(townId: string): Promise<TownPolicy> {
    const known = this.#known.get(townId);
    if (known && Date.now() - known.readAt < FRESH_MS) return known.policy;
    const policy = inTransaction(this.#db, { role: this.#role, townId }, (tx) => readPolicy(tx.db, townId));
    this.#known.set(townId, { readAt: Date.now(), policy });
    policy.catch(() => this.#known.delete(townId));
    return policy;
  }
}

type Rows = {
  town: Pick<Selectable<TownTable>, 'time_zone' | 'holiday_zone' | 'whit_monday_worked'>;
  openings: Selectable<TownOpeningTable>[];
  closures: { from: string; to: string }[];
  ladders: Selectable<LadderTable>[];
  steps: Selectable<LadderStepTable>[];
};

/** Reads a town's policy from its rows, inside whatever transaction is open: one statement, days and hours as PostgreSQL writes them in JSON. */
export async function readPolicy(db: RawTransaction, townId: string): Promise<TownPolicy> {
  const found = await sql<Rows>`
    select to_jsonb(t) as town,
      (select coalesce(jsonb_agg(o order by o.opens), '[]') from town_opening o where o.town_id = t.id) as openings,
      (select coalesce(jsonb_agg(jsonb_build_object('from', c.from_day, 'to', c.to_day)), '[]')
       from town_closure c where c.town_id = t.id) as closures,
      (select coalesce(jsonb_agg(l), '[]') from ladder l where l.town_id = t.id) as ladders,
      (select coalesce(jsonb_agg(s order by s.ordinal), '[]') from ladder_step s where s.town_id = t.id) as steps
    from (select id, time_zone, holiday_zone, whit_monday_worked from town where id = ${townId}) t`.execute(db);
  const [rows] = found.rows;
  if (!rows) throw new Error('unknown town');
  const { town, openings, closures, ladders, steps } = rows;

  const openingHours: TownCalendar['openingHours'] = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  for (const opening of openings) {
    // The database checks weekday between 1 and 7.
    openingHours[opening.weekday as 1].push([opening.opens.slice(0, 5), opening.closes.slice(0, 5)]);
  }
  const byKind = new Map<string, Ladder>(
    ladders.map((row) => [
      row.kind,
      {
        target: { unit: row.target_unit, n: row.target_n },
        waitsFor: row.waits_for,
        pausable: row.pausable,
        steps: steps
          .filter((step) => step.kind === row.kind)
          .map((step) => ({
            ordinal: step.ordinal,
            anchor: step.anchor,
            offset: { unit: step.offset_unit, n: step.offset_n },
            audience: step.audience,
            action: step.action,
            template: step.template,
          })),
      },
    ]),
  );
  return {
    calendar: {
      timeZone: town.time_zone,
      zone: town.holiday_zone,
      whitMondayWorked: town.whit_monday_worked,
      closures,
      openingHours,
      messageWindow: MESSAGE_WINDOW,
      dueTime: '17:30',
    },
    ladder(kind) {
      const ladder = byKind.get(kind);
      if (!ladder) throw new Error(`town has no ladder for ${kind}`);
      return ladder;
    },
  };
}

import type { LadderStep } from '../calendar/ladder.ts';
import type { TownCalendar } from '../calendar/town-calendar.ts';
import type { Db, RawTransaction } from '../db/database.ts';
import type { Audience, OffsetUnit, StepAction } from '../db/tables/town.ts';
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

/** Reads a town's policy from its rows, inside whatever transaction is open. */
export async function readPolicy(db: RawTransaction, townId: string): Promise<TownPolicy> {
  const town = await db
    .selectFrom('town')
    .select(['time_zone', 'holiday_zone', 'whit_monday_worked'])
    .where('id', '=', townId)
    .executeTakeFirstOrThrow();
  const openings = await db
    .selectFrom('town_opening')
    .selectAll()
    .where('town_id', '=', townId)
    .orderBy('opens')
    .execute();
  const closures = await db
    .selectFrom('town_closure')
    .select(['from_day as from', 'to_day as to'])
    .where('town_id', '=', townId)
    .execute();
  const ladders = await db.selectFrom('ladder').selectAll().where('town_id', '=', townId).execute();
  const steps = await db
    .selectFrom('ladder_step')
    .selectAll()
    .where('town_id', '=', townId)
    .orderBy('ordinal')
    .execute();

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

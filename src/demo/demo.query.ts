import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, NOBODY } from '../db/transaction.ts';
import type { StoryEnding } from '../db/tables/outbox.ts';
import type { StaffRole } from '../db/tables/people.ts';
import { staffByAccount } from '../staff/staff-person.query.ts';
import { openEntries, type WorklistEntry } from '../staff/worklist.query.ts';

export type DemoPerson = { id: string; name: string; roles: StaffRole[]; waiting: number };
export type Journey = {
  state: 'asked' | 'running' | 'arrived' | 'refused' | 'stopped';
  instants: number;
  reason: string | null;
};
/** A référent of a partner organisation: comes in by a code sent to the address. */
export type DemoContact = { name: string; organisation: string; email: string };
export type DemoView = {
  now: Date;
  aheadMs: number;
  people: DemoPerson[];
  contacts: DemoContact[];
  upcoming: WorklistEntry[];
  journey: Journey | undefined;
  stories: StoryRun | undefined;
};
export type StoryRun = {
  state: 'running' | 'told' | 'stopped';
  told: number;
  of: number;
  /** The day it is in the stories (YYYY-MM-DD). */
  telling: string | null;
  reason: string | null;
  endings: StoryEnding[];
};

/** Everybody of the demo town with what waits for them, the next instants, and how the last journey went. */
export async function demoView(ctx: CommandContext, townId: string): Promise<DemoView> {
  const people = await demoAccounts(ctx, townId);
  const shown: DemoPerson[] = [];
  const upcoming = new Map<string, WorklistEntry>();
  for (const { id, authUserId } of people) {
    const person = await staffByAccount(ctx, townId, authUserId);
    if (!person) continue;
    const { personId } = person;
    const { entries } = await inTransaction(ctx.db, { role: 'app_staff', townId, personId }, openEntries);
    for (const entry of entries) if (entry.nextAt) upcoming.set(`${entry.caseId} ${entry.kind}`, entry);
    shown.push({ id, name: person.name, roles: person.roles, waiting: entries.filter((entry) => entry.mine).length });
  }
  const clock = await clockOf(ctx, townId);
  const contacts = await demoContacts(ctx, townId);
  return {
    ...clock,
    contacts,
    people: shown.toSorted((a, b) => rank(a) - rank(b)),
    upcoming: [...upcoming.values()].toSorted((a, b) => Number(a.nextAt) - Number(b.nextAt)).slice(0, 3),
  };
}

/** The town's clock, its last journey, and how the stories go. */
export async function clockOf(
  ctx: CommandContext,
  townId: string,
): Promise<Pick<DemoView, 'now' | 'aheadMs' | 'journey' | 'stories'>> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const journey = await tx.db
      .selectFrom('clock_journey')
      .select(['state', 'instants', 'reason'])
      .orderBy('asked_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    const stories = await tx.db
      .selectFrom('story_run')
      .select(['state', 'told', 'of_stories as of', 'telling', 'reason', 'endings'])
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    const offset = await sql<{ ms: string }>`select town_clock_offset(${townId}::uuid) as ms`.execute(tx.db);
    return { now: tx.now, aheadMs: Number(offset.rows[0]?.ms ?? 0), journey, stories };
  });
}

const ORDER: readonly StaffRole[] = ['team_leader', 'mediator', 'coordinator', 'admin'];

/** In the order in which a request meets them. */
function rank({ roles }: DemoPerson): number {
  return Math.min(...roles.map((role) => ORDER.indexOf(role)));
}

async function demoContacts(ctx: CommandContext, townId: string): Promise<DemoContact[]> {
  return inTransaction(ctx.db, { role: 'app_staff', townId, personId: NOBODY }, (tx) =>
    tx.db
      .selectFrom('organisation_contact as c')
      .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
      .select(['c.name', 'o.name as organisation', 'c.email'])
      .where('c.position', '=', 'referent')
      .where('o.ended_at', 'is', null)
      .orderBy('o.code')
      .execute(),
  );
}

/** Everybody of the town who has an account, in the order of the town's file. */
export async function demoAccounts(ctx: CommandContext, townId: string): Promise<{ id: string; authUserId: string }[]> {
  return inTransaction(ctx.db, { role: 'app_staff', townId, personId: NOBODY }, async (tx) => {
    const found = await tx.db
      .selectFrom('person')
      .select(['id', 'auth_user_id'])
      .where('town_id', '=', townId)
      .where('active', '=', true)
      .orderBy('ref')
      .execute();
    return found.flatMap(({ id, auth_user_id }) => (auth_user_id === null ? [] : [{ id, authUserId: auth_user_id }]));
  });
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { Audience, StepAction } from '../db/tables/town.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import type { StaffPerson } from './staff-person.query.ts';

export type WorklistEntry = {
  caseId: string;
  number: string;
  kind: string;
  waitsFor: Audience;
  dueDay: string;
  dueAt: Date;
  openedAt: Date;
  categories: string[];
  quarter: string | null;
  danger: boolean;
  doubtful: boolean;
  tension: number | null;
  mediator: string | null;
  mine: boolean;
  nextAt: Date | null;
  nextAction: StepAction | null;
};
export type Worklist = { now: Date; entries: WorklistEntry[] };

const LIMIT = 100;

/**
 * Everything open in the cases this person sees, by due date: what waits for them and what they wait for. Row-level security
 * chooses the cases; decrypts nothing. The view itself is written down (R88).
 */
export async function worklist(ctx: CommandContext, person: StaffPerson): Promise<Worklist> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const entries = await openEntries(tx);
    await tx.db
      .insertInto('case_read')
      .values({
        town_id: person.townId,
        person_id: person.personId,
        case_id: null,
        kind: 'list_viewed',
        groups: [],
        at: tx.now,
      })
      .execute();
    return { now: tx.now, entries };
  });
}

/** The same without a reader: nobody has seen it (the demonstration counts what waits for whom). */
export async function openEntries(tx: StaffTx): Promise<WorklistEntry[]> {
  const found = await sql<WorklistEntry>`
      select c.id as "caseId", c.number, d.kind, d.waits_for as "waitsFor", d.due_day as "dueDay", d.due_at as "dueAt",
        d.opened_at as "openedAt", c.categories, q.name as quarter, c.danger, c.doubtful, c.tension,
        p.first_name || ' ' || p.last_name as mediator,
        coalesce(case when d.waits_for in ('leader', 'deputy') then c.team_id = any (app_teams()) or (c.team_id is null and app_leads()) or c.id = any (app_granted_cases())
             when d.waits_for = 'mediator' then c.lead_id = app_person() or (c.lead_id is null and c.team_id = any (app_teams())) else false end, false) as mine,
        next.at as "nextAt", next.action as "nextAction"
      from deadline d
      join mediation_case c on c.id = d.case_id
      left join quarter q on q.town_id = c.town_id and q.code = c.quarter_code
      left join person p on p.id = c.lead_id
      left join lateral (
        select at, action from step where step.deadline_id = d.id and step.state = 'pending' and step.ordinal > 0 order by at limit 1
      ) next on true
      where d.state = 'open' and d.town_id = ${tx.actor.townId}
      order by d.due_at, c.number limit ${LIMIT}`.execute(tx.db);
  return found.rows;
}

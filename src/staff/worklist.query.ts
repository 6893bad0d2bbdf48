import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { Audience, StepAction } from '../db/tables/town.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { CALLING } from './call-care.ts';
import { notCalled } from '../deadlines/not-called.ts';
import { noteRead } from '../journal/note-read.ts';
import type { StaffPerson } from './staff-person.query.ts';

export type WorklistEntry = {
  caseId: string;
  number: string;
  kind: string;
  reason: string | null;
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
  organisation: string | null;
  /** How the person a call is for asked to be reached; nothing where nobody is called (R98). */
  ways: string[] | null;
  precautions: string[] | null;
  /** How many requests to be read together the task stands for (B-39). */
  grouped: number | null;
  /** It does not run: the case rests until a day, or a partner is waited for (T24, T25). */
  held: boolean;
  suspendedUntil: string | null;
  nextAt: Date | null;
  nextAction: StepAction | null;
};
/** `more`: how many waits for others are not among the entries. What waits for this person, and danger, always is. */
export type Open = { entries: WorklistEntry[]; more: number };
export type Worklist = Open & { now: Date };

const OTHERS = 100;

/**
 * Everything open in the cases this person sees, by due date: what waits for them and what they wait for. Row-level security
 * chooses the cases; decrypts nothing. The view itself is written down (R88).
 */
export async function worklist(ctx: CommandContext, person: StaffPerson): Promise<Worklist> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const open = await openEntries(tx);
    await noteRead(tx, { kind: 'list_viewed' });
    return { now: tx.now, ...open };
  });
}

/** The same without a reader: nobody has seen it (the demonstration counts what waits for whom). */
export async function openEntries(tx: StaffTx): Promise<Open> {
  const found = await sql<WorklistEntry & { others: number }>`
    with w as (
      select d.id as deadline_id, c.id as "caseId", c.number, d.kind, d.reason, d.waits_for as "waitsFor", d.due_day as "dueDay", d.due_at as "dueAt",
        d.opened_at as "openedAt", d.stream_id, d.party_id, d.paused_at is not null as held, c.categories, c.town_id, c.quarter_code, c.lead_id, c.danger, c.doubtful, c.tension, c.flood_id,
        coalesce(case when d.waits_for in ('leader', 'deputy') then c.team_id = any (app_teams()) or (c.team_id is null and app_leads()) or c.id = any (app_granted_cases())
             when d.waits_for = 'mediator' then c.lead_id = app_person() or (c.lead_id is null and (c.team_id = any (app_teams()) or (c.team_id is null and app_leads()))) else false end, false) as mine
      from deadline d join mediation_case c on c.id = d.case_id
      where d.state = 'open' and d.town_id = ${tx.actor.townId}
        -- Opinions are nobody's task here.
        and d.kind not in ('opinions', 'partner_opinion')
        and not ${notCalled}
        -- Requests that came together are one task until somebody has looked: each keeps its own due day, and comes back late (B-39). A danger and
        -- a minor are never among them (R85, R81).
        and not (d.kind = 'triage' and c.flood_id is not null and not (c.danger or c.minor) and d.due_at >= ${tx.now}::timestamptz and exists (
          select 1 from mediation_case first join deadline task on task.case_id = first.id
          where first.flood_id = c.flood_id and task.kind = 'task_grouped_requests' and task.state = 'open'))
        -- A review that is far off is nothing to do yet.
        and not (d.kind in ('case_review', 'long_case') and d.due_at > ${tx.now}::timestamptz + interval '7 days')
    ), ranked as (
      select *, row_number() over (partition by mine or danger order by held, "dueAt", number)::integer as rank,
             (count(*) filter (where not (mine or danger)) over ())::integer as others
      from w
    )
    select r."caseId", r.number, r.kind, r.reason, r."waitsFor", r."dueDay", r."dueAt", r."openedAt", r.categories, r.danger, r.doubtful, r.tension,
      r.mine, r.others, r.held, o.name as organisation, reach.ways, reach.precautions,
      case when r.kind = 'task_grouped_requests' then (
        select count(*)::integer from mediation_case g where g.flood_id = r.flood_id and g.state in ('received', 'in_triage')) end as grouped,
      (select s.due_day from deadline s where r.held and s.case_id = r."caseId" and s.kind = 'suspension' and s.state = 'open') as "suspendedUntil", q.name as quarter, p.first_name || ' ' || p.last_name as mediator, next.at as "nextAt", next.action as "nextAction"
    from ranked r
    left join quarter q on q.town_id = r.town_id and q.code = r.quarter_code
    left join person p on p.id = r.lead_id
    left join partner_request pr on pr.case_id = r."caseId" and r.stream_id = 'partner-request/' || pr.id
    left join organisation o on o.id = pr.organisation_id
    left join lateral (
      select at, action from step where step.deadline_id = r.deadline_id and step.state = 'pending' and step.ordinal > 0 order by at limit 1
    ) next on true
    left join lateral (
      -- Codes only: whoever wants the hours opens the case, and that reading is written down.
      select contact_ways as ways, precautions from party_identity i where i.party_id = r.party_id and r.kind = any (${CALLING}::text[])
      union all
      select contact_ways, precautions from case_identity i where i.case_id = r."caseId" and r.party_id is null and r.kind = any (${CALLING}::text[])
    ) reach on true
    where r.mine or r.danger or r.rank <= ${OTHERS}
    order by r."dueAt", r.number`.execute(tx.db);
  return { entries: found.rows, more: Math.max(0, (found.rows[0]?.others ?? 0) - OTHERS) };
}

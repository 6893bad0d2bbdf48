import { sql } from 'kysely';
import { ACTIVE_STATES, type CaseState } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import { notCalled } from '../deadlines/not-called.ts';
import type { StaffPerson } from './staff-person.query.ts';

export type ListKind = 'open' | 'ended';

export type ListedCase = {
  id: string;
  number: string;
  state: CaseState;
  outcome: string | null;
  categories: string[];
  quarter: string | null;
  mediator: string | null;
  danger: boolean;
  /** Since when it is in this state. */
  since: Date;
  /** What is waited for first, where anything is; a wait that is paused waits for nobody now. */
  nextDueDay: string | null;
};
export type CaseList = {
  cases: ListedCase[];
  counts: Record<ListKind, number>;
  following: string | undefined;
};

const PAGE = 50;
/** Ended cases are kept in sight as long as anybody may open them again (T29: six months). */
const IN_SIGHT_MONTHS = 6;

/**
 * The cases this person sees, the newest number first; ended ones as long as they may be opened again (T29). Row-level security
 * chooses, nothing is decrypted, the view is written down (R88). `case_by_team` and `case_by_lead` serve it.
 * @param flood only those that came together about one place (B-39). @param after the number the page before ended with.
 */
export async function caseList(
  ctx: CommandContext,
  person: StaffPerson,
  { kind, after, flood }: { kind: ListKind; after: string | undefined; flood?: string | undefined },
): Promise<CaseList> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const active = sql`c.state = any (${[...ACTIVE_STATES]})`;
    const ended = sql`c.state in ('closed', 'redirected', 'merged') and c.state_since > ${tx.now}::timestamptz - make_interval(months => ${IN_SIGHT_MONTHS})`;
    const counted = await sql<Record<ListKind, number>>`
      select (count(*) filter (where ${active}))::integer as open, (count(*) filter (where ${ended}))::integer as ended
      from mediation_case c where c.town_id = ${person.townId}`.execute(tx.db);
    const found = await sql<ListedCase>`
      select c.id, c.number, c.state, c.outcome, c.categories, c.danger, c.state_since as since, q.name as quarter,
        p.first_name || ' ' || p.last_name as mediator,
        (select min(d.due_day) from deadline d where d.case_id = c.id and d.state = 'open' and d.paused_at is null and d.kind <> 'partner_opinion' and not ${notCalled})::text as "nextDueDay"
      from mediation_case c
      left join quarter q on q.town_id = c.town_id and q.code = c.quarter_code
      left join person p on p.id = c.lead_id
      where c.town_id = ${person.townId} and ${kind === 'open' ? active : ended} and (${flood ?? null}::uuid is null or c.flood_id = ${flood ?? null}::uuid)
        and (${after ?? null}::text is null or c.number < ${after ?? null}::text)
      order by c.number desc limit ${PAGE + 1}`.execute(tx.db);
    const cases = found.rows.slice(0, PAGE);
    await noteRead(tx, { kind: 'list_viewed' });
    const counts = counted.rows[0] ?? { open: 0, ended: 0 };
    return {
      cases,
      counts,
      following: found.rows.length > PAGE ? cases.at(-1)?.number : undefined,
    };
  });
}

/** The case of a number, if this person may see it. A case that is not theirs and one that does not exist are the same answer. */
export async function caseOfNumber(
  ctx: CommandContext,
  person: StaffPerson,
  number: string,
): Promise<string | undefined> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const found = await tx.db
      .selectFrom('mediation_case')
      .select('id')
      .where('town_id', '=', person.townId)
      .where('number', '=', number)
      .executeTakeFirst();
    return found?.id;
  });
}

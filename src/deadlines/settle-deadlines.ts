import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { OWED_NEWS } from '../mail/templates.ts';
import type { DeadlineKind } from './kinds.ts';

export type OnlyThose = {
  /** Only those that exist for one of these reasons. */
  because?: readonly string[];
  /** Only those about this party. */
  partyId?: string;
  /** Only those that were due by this instant. */
  dueBy?: Date;
  /** With `all`: kinds that go on after the case has ended, with their steps. */
  spare?: readonly string[];
};

/**
 * Ends open deadlines of a case and cancels their pending steps, in one statement. Nothing happens if none is open.
 * News that are owed to somebody else leave when the wait is over; only the end of the case (`all`, cancelled) drops them, with every other
 * step left. Two things outlive even that: that a meeting is off, which calendars still hold, and what somebody asked about their own data (R82).
 * @param which kinds to end, or `all` (withdrawal, closing).
 * @param how `met`: what was waited for has come; `cancelled`: it is no longer waited for.
 */
export async function settleDeadlines(
  tx: TownTx,
  caseId: string,
  which: readonly DeadlineKind[] | 'all',
  how: 'met' | 'cancelled',
  only: OnlyThose = {},
): Promise<void> {
  const spare = [...(only.spare ?? [])];
  const partyId = only.partyId ?? null;
  const dueBy = only.dueBy ?? null;
  const reasons = only.because ? [...only.because] : null;
  const kinds = which === 'all' ? null : [...which];
  const all = which === 'all';
  const outlives = sql`deadline.kind = 'rights_request' or exists (select 1 from step off
    where off.deadline_id = deadline.id and off.state = 'pending' and off.template = 'session_cancelled')`;
  await sql`
    with settled as (
      update deadline set state = ${how}, settled_at = ${tx.now}
      where case_id = ${caseId} and state = 'open' and (${kinds}::text[] is null or kind = any (${kinds}::text[]))
        and (${reasons}::text[] is null or reason = any (${reasons}::text[]))
        and (${partyId}::uuid is null or party_id = ${partyId}::uuid)
        and (${dueBy}::timestamptz is null or due_at <= ${dueBy}::timestamptz)
        and not kind = any (${spare}::text[]) and not (${all} and (${outlives}))
      returning id
    )
    update step set state = 'cancelled', acted_at = ${tx.now}
    where state in ('pending', 'paused')
      and (deadline_id in (select id from settled) or (${all} and case_id = ${caseId} and exists (
            select 1 from deadline where deadline.id = step.deadline_id and not kind = any (${spare}::text[]) and not (${outlives}))))
      and not (${how} = 'met' and template = any (${[...OWED_NEWS]}::text[]))`.execute(tx.db);
}

/**
 * Ends one open task by its id, but not the news it owes to somebody else.
 * @param leads the person leads this case: what a leader has to decide, nobody else ticks off.
 * @returns its kind, or undefined when it was not open any more, or is not theirs.
 */
export async function settleTask(
  tx: TownTx,
  caseId: string,
  deadlineId: string,
  leads: boolean,
): Promise<string | undefined> {
  const settled = await sql<{ kind: string }>`
    with settled as (
      update deadline set state = 'met', settled_at = ${tx.now}
      where id = ${deadlineId} and case_id = ${caseId} and state = 'open' and kind like 'task\\_%'
        and (${leads} or waits_for not in ('leader', 'deputy'))
      returning id, kind
    ), cancelled as (
      update step set state = 'cancelled', acted_at = ${tx.now}
      where deadline_id in (select id from settled) and state in ('pending', 'paused')
        and not template = any (${[...OWED_NEWS]}::text[])
    )
    select kind from settled`.execute(tx.db);
  return settled.rows[0]?.kind;
}

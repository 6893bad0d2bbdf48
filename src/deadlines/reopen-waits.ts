import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { WORK_WAITS } from '../evaluation/work-waits.ts';
import { referralStream } from '../outbox/streams.ts';
import type { DeadlineKind } from './kinds.ts';
import { goOn } from './pause-waits.ts';
import type { TownPolicy } from './town-policy.ts';

/** Danger has its own path; a proposal to close that was answered is not asked for again. */
const NOT_AGAIN = ['danger', 'closure_validation'] as const satisfies DeadlineKind[];
/** Counted by the law, or a day somebody chose: these do not move. */
const FIXED: readonly string[] = ['art14_notice', 'suspension'] satisfies DeadlineKind[];

/**
 * T35: opens again the waits of a case that one ending cancelled. The time in between counts like a pause: due days and steps move by the working
 * days it lasted, and a wait that was paused before goes on being so.
 */
export async function reopenWaits(tx: TownTx, policy: TownPolicy, caseId: string, endedAt: Date): Promise<void> {
  const found = await sql<{ id: string; kind: string; dueDay: string; wasPaused: boolean }>`
    update deadline d set state = 'open', settled_at = null
    where case_id = ${caseId} and stream_id = ${referralStream(caseId)} and state = 'cancelled' and settled_at = ${endedAt}
      and not kind = any (${[...NOT_AGAIN]}::text[])
    returning id, kind, due_day as "dueDay", paused_at is not null as "wasPaused"`.execute(tx.db);
  for (const { id, kind, dueDay, wasPaused } of found.rows) {
    const held = wasPaused || !FIXED.includes(kind);
    await sql`
      update step set acted_at = null, state = case when ${held} and ordinal > 0 then 'paused' else 'pending' end
      where deadline_id = ${id} and state = 'cancelled' and acted_at = ${endedAt}`.execute(tx.db);
    if (held && !wasPaused) await goOn(tx, policy, caseId, { id, dueDay, pausedAt: endedAt });
  }
}

/** Waits beside the course of a case: nobody takes its next step because of them. */
const BESIDE: readonly DeadlineKind[] = [
  'case_review',
  'long_case',
  'opinions',
  'partner_opinion',
  ...WORK_WAITS,
  'art14_notice',
  'rights_request',
  'danger',
  'suspension',
];

/** Is somebody to take the case further: a step of a wait to come, or a decision that was asked for? */
export async function isSomebodyWaitedFor(tx: TownTx, caseId: string): Promise<boolean> {
  const alive = await sql<{ alive: boolean }>`
    select exists (
      select 1 from deadline d where d.case_id = ${caseId} and d.state = 'open'
        and d.kind <> all (${[...BESIDE]}::text[]) and (d.kind not like 'task\\_%' or d.kind = 'task_close_or_extend')
        and exists (select 1 from step where step.deadline_id = d.id and step.state in ('pending', 'paused'))
    ) as alive`.execute(tx.db);
  return alive.rows[0]?.alive === true;
}

import { sql } from 'kysely';
import { addWorkingDays, instantAt, localDay, workingDaysBetween } from '../calendar/town-calendar.ts';
import { stepTimeOfDay } from '../calendar/ladder.ts';
import type { TownTx } from '../db/transaction.ts';
import type { TownPolicy } from './town-policy.ts';

/** Stops the clock of a case's pausable waits (T24, T25): their steps keep their place and wait too. What was announced still leaves. */
export async function pauseWaits(tx: TownTx, caseId: string): Promise<void> {
  await sql`
    with paused as (
      update deadline set paused_at = ${tx.now}
      where case_id = ${caseId} and state = 'open' and pausable and paused_at is null
      returning id
    )
    update step set state = 'paused'
    where deadline_id in (select id from paused) and state = 'pending' and ordinal > 0`.execute(tx.db);
}

/**
 * Lets a case's paused waits go on once nothing holds them: neither a suspension nor an open request to a partner. Working days that had
 * passed before the pause stay passed; due day and steps move by the working days the pause lasted.
 */
export async function resumeWaits(tx: TownTx, policy: TownPolicy, caseId: string): Promise<void> {
  const held = await tx.db
    .selectFrom('mediation_case')
    .select(['suspended', 'waiting_for_partner as waitingForPartner'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  if (held.suspended || held.waitingForPartner) return;
  const paused = await tx.db
    .selectFrom('deadline')
    .select(['id', 'due_day as dueDay', 'paused_at as pausedAt'])
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .where('paused_at', 'is not', null)
    .execute();
  for (const wait of paused) await goOn(tx, policy, caseId, wait);
}

/** One wait goes on: its due day and its steps move by the working days it stood still. */
export async function goOn(
  tx: TownTx,
  { calendar }: TownPolicy,
  caseId: string,
  wait: { id: string; dueDay: string; pausedAt: Date | null },
): Promise<void> {
  const lasted = wait.pausedAt
    ? workingDaysBetween(calendar, localDay(calendar, wait.pausedAt), localDay(calendar, tx.now))
    : 0;
  const later = (day: string) => (lasted === 0 ? day : addWorkingDays(calendar, day, lasted));
  const due = later(wait.dueDay);
  await tx.db
    .updateTable('deadline')
    .set({ paused_at: null, due_day: due, due_at: instantAt(calendar, due, calendar.dueTime) })
    .where('id', '=', wait.id)
    .execute();
  const steps = await tx.db
    .selectFrom('step')
    .select(['id', 'at'])
    .where('deadline_id', '=', wait.id)
    .where('state', '=', 'paused')
    .execute();
  for (const step of steps) {
    const at = lasted === 0 ? step.at : stepTimeOfDay(calendar, later(localDay(calendar, step.at)), caseId);
    await tx.db.updateTable('step').set({ state: 'pending', at }).where('id', '=', step.id).execute();
  }
}

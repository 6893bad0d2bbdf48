import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/** Why the leader is asked: a meeting with whoever is feared is still planned. */
export const MEETING_PLANNED = 'meeting_planned';

/** Somebody of the family is feared while a meeting with the other side is planned: the leader is asked, once, to cancel it (spec §3.6). */
export async function askToCancelMeetings(tx: TownTx, policy: TownPolicy, caseId: string): Promise<void> {
  const planned = await sql<{ meets: boolean }>`
    select meets_the_other_side(${caseId}::uuid, ${tx.now}::timestamptz) as meets`.execute(tx.db);
  if (!planned.rows[0]?.meets) return;
  const kind = 'task_safety_check';
  if (await openWait(tx, caseId, kind, { reason: MEETING_PLANNED })) return;
  await openDeadline(tx, policy, {
    caseId,
    kind,
    reason: MEETING_PLANNED,
    announce: [{ audience: 'leader', template: 'safety_check' }],
  });
}

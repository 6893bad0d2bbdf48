import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import type { StaffTx, TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { openStream, tellStream } from '../outbox/record-change.ts';
import { sessionStream } from '../outbox/streams.ts';
import { settleStream } from '../partners/end-requests.ts';

/** Two working days after a session its note is asked for (spec §4.4 « no note »). */
const NOTE_DAYS = 2;

/** What a planned session waits for, on its own stream: the invitation, the reminder of the working day before, the note afterwards. */
export async function openSessionWaits(
  tx: StaffTx,
  policy: TownPolicy,
  session: { id: string; caseId: string; startsAt: Date },
  announce: 'session_invited' | 'session_moved',
): Promise<void> {
  const stream = sessionStream(session.id);
  const day = localDay(policy.calendar, session.startsAt);
  const about = { caseId: session.caseId, stream };
  if (announce === 'session_invited') await openStream(tx, stream, session.id);
  await openDeadline(tx, policy, {
    ...about,
    kind: 'session',
    dueDay: day,
    announce: [{ audience: 'party', template: announce }],
  });
  await openDeadline(tx, policy, {
    ...about,
    kind: 'session_note',
    dueDay: addWorkingDays(policy.calendar, day, NOTE_DAYS),
  });
}

/** Sessions still to come of a case that ends, or that one party leaves: cancelled at once, their workflows told (invariant 2 of §4.13). */
export async function cancelPlannedSessions(tx: TownTx, caseId: string): Promise<void> {
  const planned = await tx.db
    .updateTable('mediation_session')
    .set({ state: 'cancelled', settled_at: tx.now })
    .where('case_id', '=', caseId)
    .where('state', '=', 'planned')
    .returning('id')
    .execute();
  for (const { id } of planned) {
    const stream = sessionStream(id);
    await settleStream(tx, stream, 'cancelled');
    await tellStream(tx, 'session_cancelled', { stream, subjectId: id, closes: true });
  }
}

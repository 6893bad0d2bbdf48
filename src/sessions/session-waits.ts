import { sql } from 'kysely';
import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import type { StaffTx, TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { openStream, tellStream } from '../outbox/record-change.ts';
import { sessionStream } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';

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

/**
 * Sessions still to come of a case that ends, or that one party leaves: cancelled at once, their waits ended, their workflows told (invariant 2
 * of §4.13). Each one's last step takes it out of the calendars of those who were invited.
 * @param which all of the case; or those the party that leaves was invited to, and with `meetings` those where the sides would have met.
 */
export async function cancelSessions(
  tx: TownTx,
  policy: TownPolicy,
  caseId: string,
  which: 'all' | { partyId: string; meetings: boolean },
): Promise<void> {
  const { partyId, meetings } = which === 'all' ? { partyId: null, meetings: false } : which;
  const cancelled = await sql<{
    id: string;
  }>`select id from cancel_sessions(${caseId}::uuid, ${partyId}::uuid, ${meetings}, ${tx.now}::timestamptz) as id`.execute(
    tx.db,
  );
  for (const { id } of cancelled.rows) {
    const stream = sessionStream(id);
    await settleStream(tx, stream, 'cancelled');
    await openDeadline(tx, policy, {
      caseId,
      stream,
      kind: 'session',
      announce: [{ audience: 'party', template: 'session_cancelled' }],
      reminders: false,
    });
    await tellStream(tx, 'session_cancelled', { stream, subjectId: id, closes: true });
  }
}

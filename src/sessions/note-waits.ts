import { localDay, workingDayOnOrAfter } from '../calendar/town-calendar.ts';
import type { StaffAct } from '../cases/on-case.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';

/**
 * What a note ends and begins: the wait for a note and for the next step that was written; the first contact; the first session, when
 * people met since the mediation began. The next step waits for its day.
 */
export async function settleWithNote(
  { tx, policy, theCase }: StaffAct,
  note: { startsAt: Date; nextOn: string | null; met: boolean },
): Promise<void> {
  const caseId = theCase.id;
  await settleDeadlines(tx, caseId, ['first_contact', 'no_note', 'next_step'], 'met');
  const first = note.met
    ? await tx.db
        .selectFrom('deadline')
        .select('opened_at as openedAt')
        .where('case_id', '=', caseId)
        .where('kind', '=', 'first_session')
        .where('state', '=', 'open')
        .executeTakeFirst()
    : undefined;
  // By days: the last agreement is often given at the table where the first session then begins.
  if (first && localDay(policy.calendar, note.startsAt) >= localDay(policy.calendar, first.openedAt))
    await settleDeadlines(tx, caseId, ['first_session'], 'met');
  if (theCase.state === 'evaluation') return;
  if (theCase.state !== 'follow_up') await openDeadline(tx, policy, { caseId, kind: 'no_note' });
  if (!note.nextOn) return;
  const dueDay = workingDayOnOrAfter(policy.calendar, note.nextOn);
  await openDeadline(tx, policy, { caseId, kind: 'next_step', dueDay });
}

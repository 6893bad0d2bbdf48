import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { sessionStream } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { type PlannedSession, plannedSession, recordSession } from './plan-session.command.ts';

/** Nobody came, or not everybody: neutral; the mediator plans another one or says what follows. @throws DomainError not_begun, unknown_choice. */
export async function missSession(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; sessionId: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    await holdSession(act, by, input.sessionId, 'missed');
  });
}

/**
 * Ends a session that was planned: its reminders stop, and its workflow. @returns the session as it was planned.
 * @throws DomainError not_begun before its hour: a call about next week's meeting does not end it.
 */
export async function holdSession(
  act: StaffAct,
  by: Staff,
  sessionId: string,
  how: 'held' | 'missed',
): Promise<PlannedSession> {
  const { tx } = act;
  const session = await plannedSession(act, sessionId);
  if (session.startsAt > tx.now) throw new DomainError('not_begun', { field: 'session' });
  await settleStream(tx, sessionStream(session.id), how === 'held' ? 'met' : 'cancelled');
  await tx.db
    .updateTable('mediation_session')
    .set({ state: how, settled_at: tx.now })
    .where('id', '=', session.id)
    .execute();
  await recordSession(act, by, session.id, how === 'held' ? 'session_held' : 'session_missed', true);
  return session;
}

import { readHour, wallInstant } from '../calendar/read-hour.ts';
import { TALKING } from '../cases/case-status.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedDay } from '../cases/typed-day.ts';
import { requireVisitDecided } from '../cases/visit-safety.ts';
import type { CommandContext } from '../command-context.ts';
import type { SessionMode } from '../db/tables/session.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { queueForEach } from '../mail/queue-for-each.ts';
import { recordChange } from '../outbox/record-change.ts';
import { sessionStream } from '../outbox/streams.ts';
import { lacks } from '../parties/agreement-status.ts';
import { type CaseParty, partiesOf } from '../parties/standing.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { openSessionWaits } from './session-waits.ts';

export const SESSION_MODES = ['individual', 'shuttle', 'joint', 'collective'] as const;
export const LENGTHS = ['30', '45', '60', '90', '120', '180'] as const;

/** `day` and `hour` as they were typed, in the town's own time. */
export type SessionWhen = { day: string; hour: string; minutes: number };
export type NewSession = SessionWhen & {
  caseId: string;
  mode: SessionMode;
  place: string;
  partyIds: readonly string[];
};
export type PlannedSession = { id: string; sequence: number; startsAt: Date; minutes: number };

/**
 * Plans a session and invites those who come (R9): sides in one room need every agreement (invariant 1), apart they come one at a time; a
 * minor comes with the agreement of a representative (R81). An hour that a clock change skips is refused beside its field.
 * @throws DomainError agreement_missing; visit_undecided (R43); one_at_a_time, not_a_day, day_passed, not_an_hour with their fields.
 */
export async function planSession(ctx: CommandContext, by: Staff, input: NewSession): Promise<string> {
  return onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text } = act;
    if (!TALKING.includes(theCase.state)) throw new DomainError('not_allowed_now');
    const together = input.mode === 'joint' || input.mode === 'collective';
    if (together && theCase.state !== 'mediation') throw new DomainError('agreement_missing');
    await requireVisitDecided(tx, theCase.id);
    const invited = await invitedOf(act, input.partyIds);
    if (theCase.familyDanger && (together || theCase.requesterFeared || invited.some(({ side }) => side === 'other')))
      throw new DomainError('out_of_mediation');
    if (together && invited.some((party) => lacks(party) !== undefined)) throw new DomainError('agreement_missing');
    // A shuttle of the mediation sees each side in its turn; before, every talk is planned for itself.
    const apart = input.mode === 'individual' || theCase.state !== 'mediation';
    if (apart && invited.length > 1) throw new DomainError('one_at_a_time', { field: 'parties' });
    const sessionId = crypto.randomUUID();
    const { startsAt, endsAt } = readWhen(policy, tx.now, input);
    const here = { case_id: theCase.id, town_id: by.townId };
    await tx.db
      .insertInto('mediation_session')
      .values({
        ...here,
        id: sessionId,
        cycle: theCase.cycle,
        mode: input.mode,
        starts_at: startsAt,
        ends_at: endsAt,
        place: text.seal('mediation_session', 'place', input.place),
        planned_by: by.personId,
        planned_at: tx.now,
      })
      .execute();
    await tx.db
      .insertInto('session_party')
      .values(invited.map(({ id }) => ({ ...here, session_id: sessionId, party_id: id })))
      .execute();
    await openSessionWaits(tx, policy, { id: sessionId, caseId: theCase.id, startsAt }, 'session_invited');
    await recordSession(act, by, sessionId, 'session_planned', false);
    return sessionId;
  });
}

/** Another day or place: the old reminders go, everybody is told, calendars replace what they hold. Without a place it stays where it was. */
export async function moveSession(
  ctx: CommandContext,
  by: Staff,
  input: SessionWhen & { caseId: string; sessionId: string; place?: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text } = act;
    const session = await plannedSession(act, input.sessionId);
    await requireVisitDecided(tx, theCase.id);
    const { startsAt, endsAt } = readWhen(policy, tx.now, input);
    await settleStream(tx, sessionStream(session.id), 'cancelled');
    await tx.db
      .updateTable('mediation_session')
      .set({
        starts_at: startsAt,
        ends_at: endsAt,
        ...(input.place ? { place: text.seal('mediation_session', 'place', input.place) } : {}),
        moved_from: session.startsAt,
        sequence: session.sequence + 1,
      })
      .where('id', '=', session.id)
      .execute();
    await openSessionWaits(tx, policy, { id: session.id, caseId: theCase.id, startsAt }, 'session_moved');
    await recordSession(act, by, session.id, 'session_moved', false);
  });
}

/** The session does not take place: its reminders stop, whoever was invited is told. */
export async function cancelSession(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; sessionId: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    const session = await plannedSession(act, input.sessionId);
    await settleStream(tx, sessionStream(session.id), 'cancelled');
    await tx.db
      .updateTable('mediation_session')
      .set({ state: 'cancelled', settled_at: tx.now, sequence: session.sequence + 1 })
      .where('id', '=', session.id)
      .execute();
    const invited = await tx.db
      .selectFrom('session_party as s')
      .innerJoin('party as p', 'p.id', 's.party_id')
      .select(['p.id', 'p.side'])
      .where('s.session_id', '=', session.id)
      .where('p.ended_at', 'is', null)
      .execute();
    const mail = { template: 'session_cancelled', key: session.id, call: true, subjectId: session.id } as const;
    await queueForEach(tx, policy, theCase, invited, mail);
    await recordSession(act, by, session.id, 'session_cancelled', true);
  });
}

/** @throws DomainError unknown_choice when this case has no such session still to come. */
export async function plannedSession({ tx, theCase }: StaffAct, sessionId: string): Promise<PlannedSession> {
  const session = await tx.db
    .selectFrom('mediation_session')
    .select(['id', 'sequence', 'starts_at as startsAt', 'ends_at as endsAt'])
    .where('id', '=', sessionId)
    .where('case_id', '=', theCase.id)
    .where('state', '=', 'planned')
    .executeTakeFirst();
  if (!session) throw new DomainError('unknown_choice', { field: 'session' });
  const { endsAt, ...planned } = session;
  return { ...planned, minutes: (endsAt.getTime() - planned.startsAt.getTime()) / 60_000 };
}

/** The journal's line, and the session's own stream. */
export async function recordSession(
  { tx, theCase }: StaffAct,
  by: Staff,
  sessionId: string,
  code: 'session_planned' | 'session_moved' | 'session_cancelled' | 'session_held' | 'session_missed',
  closes: boolean,
): Promise<void> {
  await recordChange(tx, {
    caseId: theCase.id,
    code,
    actor: 'staff',
    personId: by.personId,
    data: { session: sessionId },
    inside: { stream: sessionStream(sessionId), subjectId: sessionId, closes },
  });
}

async function invitedOf({ tx, theCase }: StaffAct, ids: readonly string[]): Promise<CaseParty[]> {
  const parties = await partiesOf(tx, theCase.id);
  const invited = parties.filter(({ id, ended }) => ids.includes(id) && !ended);
  if (invited.length === 0 || invited.length !== ids.length)
    throw new DomainError('unknown_choice', { field: 'parties' });
  if (invited.some((party) => party.minor && lacks(party) !== undefined)) throw new DomainError('agreement_missing');
  return invited;
}

function readWhen(policy: TownPolicy, now: Date, typed: SessionWhen): { startsAt: Date; endsAt: Date } {
  const day = typedDay(policy, now, typed.day, 'day');
  const hour = readHour(typed.hour);
  const startsAt = hour && wallInstant(policy.calendar.timeZone, day, hour);
  if (!startsAt) throw new DomainError('not_an_hour', { field: 'hour' });
  if (startsAt <= now) throw new DomainError('day_passed', { field: 'day' });
  return { startsAt, endsAt: new Date(startsAt.getTime() + typed.minutes * 60_000) };
}

import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { CaseState } from '../cases/case-status.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedDay, typedPastOrComing } from '../cases/typed-day.ts';
import { readHour, wallInstant } from '../calendar/read-hour.ts';
import type { CommandContext } from '../command-context.ts';
import type { LinkKind, NoteMode, Progress } from '../db/tables/session.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { sessionStream } from '../outbox/streams.ts';
import { settleStream } from '../partners/end-requests.ts';
import { openSafetyCheck } from './safety-check.ts';
import { plannedSession, recordSession } from './plan-session.command.ts';

export const NOTE_MODES = ['phone', 'visit', 'desk', 'shuttle', 'joint', 'collective'] as const;
export const REGISTERS = ['REG1', 'REG2', 'REG3', 'REG4', 'REG5', 'REG6', 'REG7', 'REG8', 'REG9'] as const;
export const PROGRESSES = ['blocked', 'listening', 'proposing', 'partial', 'agreement', 'setback'] as const;
export const LINK_KINDS = ['information', 'orientation', 'going_along', 'introduction', 'mediation'] as const;

/** F4. `day` and `hour` as typed; commitments are what each said it would do, with a day (R22). */
export type SessionNote = {
  caseId: string;
  sessionId?: string;
  mode: NoteMode;
  day: string;
  hour: string;
  minutes: number;
  travelMinutes?: number;
  present: readonly string[];
  interpreter: boolean;
  tensionBefore: number;
  tensionAfter: number;
  registers: readonly string[];
  topics: readonly string[];
  note?: string;
  progress: Progress;
  safetyAlert: boolean;
  nextStep?: string;
  nextOn?: string;
  commitment?: { partyId: string; what: string; byDay: string };
  link?: { organisationId: string; kind: LinkKind };
};

const TALKING: readonly CaseState[] = ['first_contact', 'agreements', 'support', 'mediation', 'follow_up'];

/**
 * Writes the note of a session, or of a talk nobody had planned (F4, R19, R21, R22): facts, no judgement, no verbatim. It ends the wait for
 * the first session and for a note, and begins the next one.
 */
export async function noteSession(ctx: CommandContext, by: Staff, input: SessionNote): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text } = act;
    if (!TALKING.includes(theCase.state)) throw new DomainError('not_allowed_now');
    if (input.sessionId) await hold(act, by, input.sessionId, 'held');
    const day = typedPastOrComing(policy, tx.now, input.day, 'day');
    const hour = readHour(input.hour);
    const startsAt = hour && wallInstant(policy.calendar.timeZone, day, hour);
    if (!startsAt) throw new DomainError('not_an_hour', { field: 'hour' });
    const here = { case_id: theCase.id, town_id: by.townId };
    const noteId = crypto.randomUUID();
    const sealed = (column: string, typed: string | undefined) =>
      typed ? text.seal('session_note', column, typed) : null;
    await tx.db
      .insertInto('session_note')
      .values({
        ...here,
        id: noteId,
        session_id: input.sessionId ?? null,
        cycle: theCase.cycle,
        mode: input.mode,
        starts_at: startsAt,
        minutes: input.minutes,
        travel_minutes: input.travelMinutes ?? null,
        person_id: by.personId,
        present: [...input.present],
        interpreter: input.interpreter,
        tension_before: input.tensionBefore,
        tension_after: input.tensionAfter,
        registers: [...input.registers],
        topics: [...input.topics],
        note: sealed('note', input.note),
        progress: input.progress,
        safety_alert: input.safetyAlert,
        next_step: sealed('next_step', input.nextStep),
        next_on: input.nextOn ? typedDay(policy, tx.now, input.nextOn, 'nextOn') : null,
        at: tx.now,
      })
      .execute();
    await tx.db
      .updateTable('mediation_case')
      .set({ tension: input.tensionAfter })
      .where('id', '=', theCase.id)
      .execute();
    await writeCommitment(act, by, input);
    if (input.link)
      await tx.db
        .insertInto('link_made')
        .values({
          ...here,
          note_id: noteId,
          organisation_id: input.link.organisationId,
          kind: input.link.kind,
          at: tx.now,
        })
        .execute();
    if (!input.sessionId)
      await recordChange(tx, {
        caseId: theCase.id,
        code: 'note_written',
        actor: 'staff',
        personId: by.personId,
        data: { mode: input.mode },
      });
    await openSafetyCheck(act, input);
    await settleDeadlines(tx, theCase.id, ['first_session', 'first_contact', 'no_note'], 'met');
    if (theCase.state !== 'follow_up') await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
  });
}

/** Nobody came, or not everybody: neutral; the mediator plans another one or says what follows. */
export async function missSession(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; sessionId: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, (act) => hold(act, by, input.sessionId, 'missed'));
}

async function hold(act: StaffAct, by: Staff, sessionId: string, how: 'held' | 'missed'): Promise<void> {
  const { tx } = act;
  const session = await plannedSession(act, sessionId);
  await settleStream(tx, sessionStream(session.id), how === 'held' ? 'met' : 'cancelled');
  await tx.db
    .updateTable('mediation_session')
    .set({ state: how, settled_at: tx.now })
    .where('id', '=', session.id)
    .execute();
  await recordSession(act, by, session.id, how === 'held' ? 'session_held' : 'session_missed', true);
}

async function writeCommitment({ tx, policy, theCase, text }: StaffAct, by: Staff, input: SessionNote): Promise<void> {
  if (!input.commitment) return;
  const { partyId, what, byDay } = input.commitment;
  const party = await tx.db
    .selectFrom('party')
    .select('id')
    .where('id', '=', partyId)
    .where('case_id', '=', theCase.id)
    .executeTakeFirst();
  if (!party) throw new DomainError('unknown_choice', { field: 'promisedBy' });
  await tx.db
    .insertInto('commitment')
    .values({
      party_id: party.id,
      case_id: theCase.id,
      town_id: by.townId,
      cycle: theCase.cycle,
      session_id: input.sessionId ?? null,
      what: text.seal('commitment', 'what', what),
      by_day: typedDay(policy, tx.now, byDay, 'promisedFor'),
      recorded_by: by.personId,
      recorded_at: tx.now,
    })
    .execute();
}

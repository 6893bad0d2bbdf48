import { readHour, wallInstant } from '../calendar/read-hour.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import { TALKING } from '../cases/case-status.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedDay, typedPast } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import type { ActionKind, NoteMode, Progress } from '../db/tables/session.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { holdSession } from './hold-session.command.ts';
import { requireKnown } from './note-people.ts';
import { type CommitmentMade, type LinkNoted, writeCommitments, writeLinks } from './note-rows.ts';
import { settleWithNote } from './note-waits.ts';
import type { PlannedSession } from './plan-session.command.ts';
import { openSafetyCheck } from './safety-check.ts';

export const NOTE_MODES = ['phone', 'visit', 'desk', 'shuttle', 'joint', 'collective'] as const;
export const REGISTERS = ['REG1', 'REG2', 'REG3', 'REG4', 'REG5', 'REG6', 'REG7', 'REG8', 'REG9'] as const;
export const PROGRESSES = ['blocked', 'listening', 'proposing', 'partial', 'agreement', 'setback'] as const;
export const ACTION_KINDS = ['round_table', 'foot_of_building', 'walk', 'workshop', 'event', 'other'] as const;

/** F4. `day` and `hour` as typed; a note about a planned session may leave them to it. Commitments are what each said it would do (R22). */
export type SessionNote = {
  caseId: string;
  sessionId?: string;
  mode: NoteMode;
  day?: string;
  hour?: string;
  minutes?: number;
  travelMinutes?: number;
  /** The other mediator who was there. */
  secondId?: string;
  present: readonly string[];
  /** R12: a count, never names. */
  participants?: number;
  actionKind?: ActionKind;
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
  commitments?: readonly CommitmentMade[];
  links?: readonly LinkNoted[];
};

/**
 * Writes the note of a session, or of a talk nobody had planned (F4, R19, R21, R22): facts, no judgement, no verbatim. What happened lies
 * behind; what follows has its day. Once people are only asked what they think, a session that was still planned is noted all the same.
 */
export async function noteSession(ctx: CommandContext, by: Staff, input: SessionNote): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text } = act;
    if (!TALKING.includes(theCase.state) && !(theCase.state === 'evaluation' && input.sessionId))
      throw new DomainError('not_allowed_now');
    const session = input.sessionId ? await holdSession(act, by, input.sessionId, 'held') : undefined;
    const { startsAt, minutes } = whenItWas(act, input, session);
    await requireKnown(act, by, input);
    const noteId = crypto.randomUUID();
    const nextOn = input.nextOn ? typedDay(policy, tx.now, input.nextOn, 'nextOn') : null;
    const sealed = (column: string, typed: string | undefined) =>
      typed ? text.seal('session_note', column, typed) : null;
    await tx.db
      .insertInto('session_note')
      .values({
        id: noteId,
        case_id: theCase.id,
        town_id: by.townId,
        session_id: session?.id ?? null,
        cycle: theCase.cycle,
        mode: input.mode,
        starts_at: startsAt,
        minutes,
        travel_minutes: input.travelMinutes ?? null,
        person_id: by.personId,
        second_id: input.secondId ?? null,
        present: [...input.present],
        participants: input.participants ?? null,
        action_kind: input.actionKind ?? null,
        interpreter: input.interpreter,
        tension_before: input.tensionBefore,
        tension_after: input.tensionAfter,
        registers: [...input.registers],
        topics: [...input.topics],
        note: sealed('note', input.note),
        progress: input.progress,
        safety_alert: input.safetyAlert,
        next_step: sealed('next_step', input.nextStep),
        next_on: nextOn,
        at: tx.now,
      })
      .execute();
    await tx.db
      .updateTable('mediation_case')
      .set({ tension: input.tensionAfter })
      .where('id', '=', theCase.id)
      .execute();
    await writeCommitments(act, by, { noteId, sessionId: session?.id ?? null }, input.commitments ?? []);
    await writeLinks(act, by, noteId, input.links ?? []);
    if (!session)
      await recordChange(tx, {
        caseId: theCase.id,
        code: 'note_written',
        actor: 'staff',
        personId: by.personId,
        data: { mode: input.mode },
      });
    await openSafetyCheck(act, input);
    await settleWithNote(act, { startsAt, nextOn, met: hasMet(input) });
  });
}

/** Somebody of a side was met, which a call is not. */
function hasMet({ mode, present, participants }: SessionNote): boolean {
  return mode !== 'phone' && (present.length > 0 || participants !== undefined);
}

/** @throws DomainError not_a_day, day_to_come, not_an_hour, not_begun, unknown_choice, with the field they stand in. */
function whenItWas(
  { tx, policy }: StaffAct,
  typed: SessionNote,
  session: PlannedSession | undefined,
): { startsAt: Date; minutes: number } {
  const minutes = typed.minutes ?? session?.minutes;
  if (!minutes) throw new DomainError('unknown_choice', { field: 'minutes' });
  if (session && !typed.day && !typed.hour) return { startsAt: session.startsAt, minutes };
  const day =
    session && !typed.day
      ? localDay(policy.calendar, session.startsAt)
      : typedPast(policy, tx.now, typed.day ?? '', 'day');
  const hour = readHour(typed.hour ?? '');
  const startsAt = hour && wallInstant(policy.calendar.timeZone, day, hour);
  if (!startsAt) throw new DomainError('not_an_hour', { field: 'hour' });
  if (startsAt > tx.now) throw new DomainError('not_begun', { field: 'hour' });
  return { startsAt, minutes };
}

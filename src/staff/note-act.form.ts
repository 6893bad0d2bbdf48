import { z } from 'zod';
import { CATEGORY_CODES } from '../requests/request-choices.ts';
import type { CommitmentMade, LinkNoted } from '../sessions/note-rows.ts';
import { ACTION_KINDS, NOTE_MODES, noteSession, PROGRESSES, REGISTERS } from '../sessions/note-session.command.ts';
import {
  type Act,
  act,
  optionalCode,
  optionalLine,
  optionalNumber,
  optionalText,
  optionalUuid,
  present,
  someOf,
  ticked,
  uuid,
} from './act.form.ts';
import { readRows, ROW_FIELDS, WRITTEN_IN_ROWS } from './note-rows.form.ts';
import { TENSIONS } from './triage-acts.form.ts';

export { ACTION_KINDS, CATEGORY_CODES, NOTE_MODES, PROGRESSES, REGISTERS };
export const TRAVEL = ['0', '15', '30', '45', '60', '90'] as const;
const FEWEST_MINUTES = 5;
const MOST_MINUTES = 480;

const tension = z.enum(TENSIONS, 'missing').transform(Number);
const count = (least: number, most: number, fault: 'notMinutes' | 'notACount') =>
  optionalLine
    .refine((typed) => typed === '' || (/^\d{1,4}$/.test(typed) && +typed >= least && +typed <= most), fault)
    .transform((typed) => (typed === '' ? undefined : Number(typed)));
/** Also while other answers are missing: everything that is wrong is said at once. */
const always = { when: () => true };

const NOTE = z
  .object({
    session: optionalUuid,
    noteMode: z.enum(NOTE_MODES, 'missing'),
    day: optionalLine,
    hour: optionalLine,
    minutes: count(FEWEST_MINUTES, MOST_MINUTES, 'notMinutes'),
    travel: optionalNumber(TRAVEL),
    second: optionalUuid,
    participants: count(1, 1000, 'notACount'),
    actionKind: optionalCode(ACTION_KINDS),
    interpreter: ticked,
    tensionBefore: tension,
    tensionAfter: tension,
    note: optionalText,
    progress: z.enum(PROGRESSES, 'missing'),
    safetyAlert: ticked,
    nextStep: optionalLine,
    nextOn: optionalLine,
    askPartner: ticked,
    present: z.array(uuid, 'missing').optional(),
    registers: someOf(REGISTERS),
    topics: someOf(CATEGORY_CODES),
  })
  // What the planned session says need not be typed again.
  .refine(({ session, minutes }) => session || minutes, { path: ['minutes'], error: 'missing', ...always })
  .refine(({ session, day }) => session || day, { path: ['day'], error: 'missing', ...always })
  .refine(({ session, hour }) => session || hour, { path: ['hour'], error: 'missing', ...always })
  .refine(({ noteMode, participants }) => noteMode !== 'collective' || participants, {
    path: ['participants'],
    error: 'missing',
    ...always,
  });

const FIELDS = ['session', 'noteMode', 'day', 'hour', 'minutes', 'travel', 'second', 'participants', 'actionKind', 'interpreter', 'tensionBefore', 'tensionAfter', 'note', 'progress', 'safetyAlert', 'nextStep', 'nextOn', 'askPartner', ...ROW_FIELDS]; // prettier-ignore

/** F4: what happened, who was there, what was promised, what follows. */
export const NOTE_ACT: Act = {
  ...noteWith({ commitments: [], links: [] }),
  parse(answers) {
    const { faults, ...rows } = readRows(answers);
    const parsed = noteWith(rows).parse(answers);
    if (parsed.ok && Object.keys(faults).length === 0) return parsed;
    return { ok: false, errors: { ...(parsed.ok ? {} : parsed.errors), ...faults } };
  },
};

function noteWith({ commitments, links }: { commitments: CommitmentMade[]; links: LinkNoted[] }): Act {
  return act(
    FIELDS,
    NOTE,
    (ctx, by, caseId, value) => {
      const { session, day, hour, minutes, travel, second, participants, actionKind, note, nextStep, nextOn } = value;
      return noteSession(ctx, by, {
        caseId,
        mode: value.noteMode,
        present: value.present ?? [],
        interpreter: value.interpreter,
        tensionBefore: value.tensionBefore,
        tensionAfter: value.tensionAfter,
        registers: value.registers ?? [],
        topics: value.topics ?? [],
        progress: value.progress,
        safetyAlert: value.safetyAlert,
        commitments,
        links,
        ...present({
          sessionId: session,
          day,
          hour,
          minutes,
          travelMinutes: travel,
          secondId: second,
          participants,
          actionKind,
          note,
          nextStep,
          nextOn,
        }),
      });
    },
    ['present', 'registers', 'topics'],
    WRITTEN_IN_ROWS,
  );
}

import { z } from 'zod';
import {
  LINK_KINDS,
  missSession,
  NOTE_MODES,
  noteSession,
  PROGRESSES,
  REGISTERS,
} from '../sessions/note-session.command.ts';
import { confirmLink } from '../sessions/confirm-link.command.ts';
import { cancelSession, LENGTHS, moveSession, planSession, SESSION_MODES } from '../sessions/plan-session.command.ts';
import { CATEGORY_CODES } from '../requests/request.form.ts';
import { act, line, optionalLine, optionalText, ticked, uuid } from './act.form.ts';
import { TENSIONS } from './triage-acts.form.ts';

export { CATEGORY_CODES, LENGTHS, LINK_KINDS, NOTE_MODES, PROGRESSES, REGISTERS, SESSION_MODES };
export const TRAVEL = ['0', '15', '30', '45', '60', '90'] as const;

const parties = z.array(uuid, 'missing').min(1, 'missing');
const minutes = z.enum(LENGTHS, 'missing').transform(Number);
const tension = z.enum(TENSIONS, 'missing').transform(Number);
const when = { day: line, hour: line, minutes, place: line };

/** Planning, moving and holding the sessions of a mediation, and their notes (F4). */
export const SESSION_ACTS = {
  rencontre: act(
    ['sessionMode', 'day', 'hour', 'minutes', 'place'],
    z.object({ sessionMode: z.enum(SESSION_MODES, 'missing'), parties, ...when }),
    async (ctx, by, caseId, { sessionMode, parties: partyIds, ...rest }) => {
      await planSession(ctx, by, { caseId, mode: sessionMode, partyIds, ...rest });
    },
    ['parties'],
  ),
  deplacer: act(
    ['session', 'day', 'hour', 'minutes', 'place'],
    z.object({ session: uuid, ...when }),
    (ctx, by, caseId, { session, ...rest }) => moveSession(ctx, by, { caseId, sessionId: session, ...rest }),
  ),
  'annuler-rencontre': act(['session'], z.object({ session: uuid }), (ctx, by, caseId, { session }) =>
    cancelSession(ctx, by, { caseId, sessionId: session }),
  ),
  absence: act(['session'], z.object({ session: uuid }), (ctx, by, caseId, { session }) =>
    missSession(ctx, by, { caseId, sessionId: session }),
  ),
  note: act(
    ['session', 'noteMode', 'day', 'hour', 'minutes', 'travel', 'interpreter', 'tensionBefore', 'tensionAfter', 'note', 'progress', 'safetyAlert', 'nextStep', 'nextOn', 'promisedBy', 'promised', 'promisedFor', 'linkWith', 'linkKind'], // prettier-ignore
    z
      .object({
        session: uuid.or(z.literal('')).optional(),
        noteMode: z.enum(NOTE_MODES, 'missing'),
        day: line,
        hour: line,
        minutes,
        travel: z.enum(TRAVEL, 'missing').or(z.literal('')).optional(),
        interpreter: ticked,
        tensionBefore: tension,
        tensionAfter: tension,
        note: optionalText,
        progress: z.enum(PROGRESSES, 'missing'),
        safetyAlert: ticked,
        nextStep: optionalLine,
        nextOn: optionalLine,
        promisedBy: uuid.or(z.literal('')).optional(),
        promised: optionalLine,
        promisedFor: optionalLine,
        linkWith: uuid.or(z.literal('')).optional(),
        linkKind: z.enum(LINK_KINDS, 'missing').or(z.literal('')).optional(),
        present: z.array(uuid, 'missing').optional(),
        registers: z.array(z.enum(REGISTERS, 'missing'), 'missing').optional(),
        topics: z.array(z.enum(CATEGORY_CODES, 'missing'), 'missing').optional(),
      })
      .refine(({ promised, promisedBy }) => !promised || promisedBy, { path: ['promisedBy'], error: 'missing' })
      .refine(({ promised, promisedFor }) => !promised || promisedFor, { path: ['promisedFor'], error: 'missing' })
      .refine(({ linkWith, linkKind }) => !linkWith || linkKind, { path: ['linkKind'], error: 'missing' }),
    (ctx, by, caseId, value) =>
      noteSession(ctx, by, {
        caseId,
        mode: value.noteMode,
        day: value.day,
        hour: value.hour,
        minutes: value.minutes,
        present: value.present ?? [],
        interpreter: value.interpreter,
        tensionBefore: value.tensionBefore,
        tensionAfter: value.tensionAfter,
        registers: value.registers ?? [],
        topics: value.topics ?? [],
        progress: value.progress,
        safetyAlert: value.safetyAlert,
        ...(value.session ? { sessionId: value.session } : {}),
        ...(value.travel ? { travelMinutes: Number(value.travel) } : {}),
        ...(value.note ? { note: value.note } : {}),
        ...(value.nextStep ? { nextStep: value.nextStep } : {}),
        ...(value.nextOn ? { nextOn: value.nextOn } : {}),
        ...(value.promised && value.promisedBy
          ? { commitment: { partyId: value.promisedBy, what: value.promised, byDay: value.promisedFor } }
          : {}),
        ...(value.linkWith && value.linkKind ? { link: { organisationId: value.linkWith, kind: value.linkKind } } : {}),
      }),
    ['present', 'registers', 'topics'],
  ),
  'confirmer-lien': act(['link'], z.object({ link: uuid }), (ctx, by, caseId, { link }) =>
    confirmLink(ctx, by, { caseId, linkId: link }),
  ),
};

import { z } from 'zod';
import { beginFollowUp, RESULTS } from '../cases/mediate.command.ts';
import { mergeCase } from '../cases/merge-case.command.ts';
import { reopenForRequester } from '../cases/reopen.command.ts';
import { holdReview } from '../cases/hold-review.command.ts';
import { resumeCase, suspendCase, SUSPENSION_REASONS } from '../cases/suspend.command.ts';
import { CONTACT_WAYS_TRIED } from '../cases/note-contact.command.ts';
import { beginEvaluation, CHECK_KINDS, noteCheck } from '../followup/note-check.command.ts';
import {
  act,
  line,
  nothing,
  optionalCode,
  optionalLine,
  optionalNumber,
  optionalText,
  optionalUuid,
  present,
  ticked,
  yesNo,
} from './act.form.ts';
import { TENSIONS } from './triage-acts.form.ts';

export const KEPT = ['all', 'some', 'none', 'unknown'] as const;
export const SITUATIONS = ['settled', 'better', 'same', 'worse'] as const;
export const NEXT = ['go_on', 'resume_mediation', 'close', 'orient'] as const;
export const SCORES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;
export { CHECK_KINDS, RESULTS, SUSPENSION_REASONS };

/** The course of a case once its agreements stand: what came of it, news, a rest, opening it again. */
export const COURSE_ACTS = {
  suivi: act(
    ['result', 'agreedText'],
    z.object({ result: optionalCode(RESULTS), agreedText: optionalText }),
    (ctx, by, caseId, { result, agreedText }) => beginFollowUp(ctx, by, { caseId, ...present({ result, agreedText }) }),
  ),
  nouvelles: act(
    ['check', 'party', 'day', 'way', 'reached', 'givesUp', 'situation', 'kept', 'score', 'tension', 'newNeed', 'next'],
    z
      .object({
        check: z.enum(CHECK_KINDS, 'missing'),
        party: optionalUuid,
        day: optionalLine,
        way: z.enum(CONTACT_WAYS_TRIED, 'missing'),
        reached: yesNo,
        givesUp: ticked,
        situation: optionalCode(SITUATIONS),
        kept: optionalCode(KEPT),
        score: optionalNumber(SCORES),
        tension: optionalNumber(TENSIONS),
        newNeed: optionalText,
        next: z.enum(NEXT, 'missing'),
      })
      .refine(({ reached, situation }) => !reached || situation, { path: ['situation'], error: 'missing' })
      .refine(({ reached, party }) => !reached || party, { path: ['party'], error: 'missing' }),
    (ctx, by, caseId, { check, party, day, way, reached, givesUp, kept, situation, score, tension, newNeed, next }) =>
      noteCheck(ctx, by, {
        caseId,
        kind: check,
        way,
        reached,
        next,
        givesUp,
        ...present({ day, partyId: party, kept, situation, relationScore: score, tension, newNeed }),
      }),
  ),
  evaluation: act([], nothing, (ctx, by, caseId) => beginEvaluation(ctx, by, caseId)),
  pause: act(
    ['pauseReason', 'until'],
    z.object({ pauseReason: z.enum(SUSPENSION_REASONS, 'missing'), until: line }),
    (ctx, by, caseId, { pauseReason, until }) => suspendCase(ctx, by, { caseId, reason: pauseReason, until }),
  ),
  reprise: act([], nothing, (ctx, by, caseId) => resumeCase(ctx, by, caseId)),
  rouvrir: act([], nothing, (ctx, by, caseId) => reopenForRequester(ctx, by, caseId)),
  regrouper: act(['into'], z.object({ into: line }), (ctx, by, caseId, { into }) =>
    mergeCase(ctx, by, { caseId, into }),
  ),
  point: act([], nothing, (ctx, by, caseId) => holdReview(ctx, by, caseId)),
};

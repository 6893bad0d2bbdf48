import { z } from 'zod';
import { PROPOSABLE_OUTCOMES, sendsElsewhere } from '../cases/case-outcome.ts';
import { proposeClosing, returnClosing, validateClosing } from '../cases/close-case.command.ts';
import { RELATIONS } from '../requests/request-choices.ts';
import { correctMistake } from '../cases/correct-mistake.command.ts';
import { EXTENSIONS, extendWait } from '../cases/extend-wait.command.ts';
import { finishTask } from '../cases/finish-task.command.ts';
import { withdrawForRequester } from '../cases/withdraw.command.ts';
import { resendUncertain } from '../mail/resend-mail.command.ts';
import { act, nothing, optionalCode, optionalLine, present, text, uuid } from './act.form.ts';
import { SCORES } from './course-acts.form.ts';
import { TENSIONS } from './triage-acts.form.ts';

export const UNKNOWN = 'unknown';
export const TENSIONS_KNOWN_OR_NOT = [...TENSIONS, UNKNOWN] as const;
export { RELATIONS, SCORES };

/** What is said of one party among several: the two travel in one value. */
export const markOf = (partyId: string, code: string) => `${partyId}.${code}`;

/** One answer per party, none where nothing is known. */
function marks<C extends string>(codes: readonly C[]) {
  return z
    .array(z.string())
    .optional()
    .transform((typed, context) => {
      const said = (typed ?? []).filter((value) => value !== '');
      const read = said.flatMap((value) => {
        const code = codes.find((known) => value.endsWith(`.${known}`));
        const partyId = code && uuid.safeParse(value.slice(0, -code.length - 1));
        return code && partyId?.success ? [{ partyId: partyId.data, code }] : [];
      });
      if (read.length < said.length) context.addIssue('missing');
      return read;
    });
}

/** Ending a case, deciding on what has run out, putting a mistake right. */
export const CLOSING_ACTS = {
  clore: act(
    ['outcome', 'reason', 'target', 'tension'],
    z
      .object({
        outcome: z.enum(PROPOSABLE_OUTCOMES, 'missing'),
        reason: text,
        target: optionalLine,
        tension: optionalCode(TENSIONS_KNOWN_OR_NOT).transform((said) =>
          said === undefined || said === UNKNOWN ? undefined : Number(said),
        ),
        relations: marks(RELATIONS),
        scores: marks(SCORES),
      })
      .refine(({ outcome, target }) => target !== '' || !sendsElsewhere(outcome), {
        path: ['target'],
        error: 'missing',
      }),
    (ctx, by, caseId, { outcome, reason, target, tension, relations, scores }) =>
      proposeClosing(ctx, by, {
        caseId,
        outcome,
        reason,
        ...present({ target, tension }),
        marks: [
          ...relations.map(({ partyId, code }) => ({ partyId, relation: code })),
          ...scores.map(({ partyId, code }) => ({ partyId, score: Number(code) })),
        ],
      }),
    ['relations', 'scores'],
  ),
  valider: act([], nothing, (ctx, by, caseId) => validateClosing(ctx, by, caseId)),
  renvoyer: act([], nothing, (ctx, by, caseId) => returnClosing(ctx, by, caseId)),
  arreter: act([], nothing, (ctx, by, caseId) => withdrawForRequester(ctx, by, caseId)),
  corriger: act(['reason'], z.object({ reason: text }), (ctx, by, caseId, { reason }) =>
    correctMistake(ctx, by, { caseId, reason }),
  ),
  prolonger: act(
    ['days'],
    z.object({ days: z.enum(EXTENSIONS, 'missing').transform(Number) }),
    (ctx, by, caseId, { days }) => extendWait(ctx, by, { caseId, workingDays: days }),
  ),
  courriel: act(['mail'], z.object({ mail: uuid }), (ctx, by, caseId, { mail }) =>
    resendUncertain(ctx, by, { caseId, mailId: mail }),
  ),
  tache: act(['task'], z.object({ task: uuid }), (ctx, by, caseId, { task }) =>
    finishTask(ctx, by, { caseId, deadlineId: task }),
  ),
};

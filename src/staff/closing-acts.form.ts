import { z } from 'zod';
import { PROPOSABLE_OUTCOMES, sendsElsewhere } from '../cases/case-outcome.ts';
import { proposeClosing, returnClosing, validateClosing } from '../cases/close-case.command.ts';
import { correctMistake } from '../cases/correct-mistake.command.ts';
import { EXTENSIONS, extendWait } from '../cases/extend-wait.command.ts';
import { finishTask } from '../cases/finish-task.command.ts';
import { withdrawForRequester } from '../cases/withdraw.command.ts';
import { resendUncertain } from '../mail/resend-mail.command.ts';
import { act, nothing, optionalLine, text, uuid } from './act.form.ts';

/** Ending a case, deciding on what has run out, putting a mistake right. */
export const CLOSING_ACTS = {
  clore: act(
    ['outcome', 'reason', 'target'],
    z
      .object({
        outcome: z
          .string('missing')
          .transform((code) => PROPOSABLE_OUTCOMES.find((known) => known === code))
          .pipe(z.custom<(typeof PROPOSABLE_OUTCOMES)[number]>((code) => code !== undefined, 'missing')),
        reason: text,
        target: optionalLine,
      })
      .refine(({ outcome, target }) => target !== '' || !sendsElsewhere(outcome), {
        path: ['target'],
        error: 'missing',
      }),
    (ctx, by, caseId, { target, ...value }) =>
      proposeClosing(ctx, by, { caseId, ...value, ...(target ? { target } : {}) }),
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

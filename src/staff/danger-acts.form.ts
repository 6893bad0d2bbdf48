import { z } from 'zod';
import { DANGER_DECISIONS, decideDanger, LEGAL_GROUNDS, raiseDanger } from '../cases/danger.command.ts';
import { act, nothing, text } from './act.form.ts';

export { DANGER_DECISIONS, LEGAL_GROUNDS };

/** Saying that somebody is in danger, and deciding what follows (R85, spec §3.6). */
export const DANGER_ACTS = {
  danger: act([], nothing, (ctx, by, caseId) => raiseDanger(ctx, by, caseId)),
  decision: act(
    ['decision', 'legalGround', 'reason'],
    z
      .object({
        decision: z.enum(DANGER_DECISIONS, 'missing'),
        legalGround: z.enum(LEGAL_GROUNDS, 'missing').or(z.literal('')).optional(),
        reason: text,
      })
      .refine(({ decision, legalGround }) => decision !== 'report' || (legalGround && legalGround !== 'none'), {
        path: ['legalGround'],
        error: 'groundNeeded',
      }),
    (ctx, by, caseId, { legalGround, ...value }) =>
      decideDanger(ctx, by, { caseId, ...value, legalGround: legalGround || 'none' }),
  ),
};

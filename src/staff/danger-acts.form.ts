import { z } from 'zod';
import { DANGER_DECISIONS, decideDanger, LEGAL_GROUNDS, raiseDanger } from '../cases/danger.command.ts';
import { decideVisit } from '../cases/decide-visit.command.ts';
import { liftFamilyDanger } from '../cases/lift-family-danger.command.ts';
import { act, optionalCode, text, ticked, yesNo } from './act.form.ts';

export { DANGER_DECISIONS, LEGAL_GROUNDS };

/** Saying that somebody is in danger, and deciding what follows (R85, spec §3.6); deciding before a visit (R43). */
export const DANGER_ACTS = {
  danger: act(['family'], z.object({ family: ticked }), (ctx, by, caseId, { family }) =>
    raiseDanger(ctx, by, caseId, family),
  ),
  famille: act(['reason'], z.object({ reason: text }), (ctx, by, caseId, { reason }) =>
    liftFamilyDanger(ctx, by, { caseId, reason }),
  ),
  visite: act(['visitAllowed', 'reason'], z.object({ visitAllowed: yesNo, reason: text }), (ctx, by, caseId, value) =>
    decideVisit(ctx, by, { caseId, allowed: value.visitAllowed, reason: value.reason }),
  ),
  decision: act(
    ['decision', 'legalGround', 'reason'],
    z
      .object({
        decision: z.enum(DANGER_DECISIONS, 'missing'),
        legalGround: optionalCode(LEGAL_GROUNDS),
        reason: text,
      })
      .refine(({ decision, legalGround }) => decision !== 'report' || (legalGround && legalGround !== 'none'), {
        path: ['legalGround'],
        error: 'groundNeeded',
      }),
    (ctx, by, caseId, { legalGround, ...value }) =>
      decideDanger(ctx, by, { caseId, ...value, legalGround: legalGround ?? 'none' }),
  ),
};

import { z } from 'zod';
import { maskPassage } from '../cases/mask-passage.command.ts';
import { MASK_REASONS, TOLD_TEXTS, type ToldText } from '../cases/masked-texts.ts';
import { act, longText, uuid } from './act.form.ts';

// The keys of a constant table are its type.
const TOLD = Object.keys(TOLD_TEXTS) as ToldText[];

/** R79: a passage of what somebody told or wrote is masked by whoever leads the case. */
export const MASK_ACTS = {
  masquer: act(
    ['masked', 'passage', 'maskReason'],
    z.object({
      masked: z.enum(TOLD, 'missing').or(uuid.transform((messageId) => ({ messageId }))),
      passage: longText,
      maskReason: z.enum(MASK_REASONS, 'missing'),
    }),
    (ctx, by, caseId, { masked: of, passage, maskReason: reason }) =>
      maskPassage(ctx, by, { caseId, of, passage, reason }),
  ),
};

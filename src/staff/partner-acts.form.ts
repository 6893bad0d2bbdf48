import { z } from 'zod';
import { askPartner, URGENCIES } from '../partners/ask-partner.command.ts';
import { REPLIES } from '../partners/request-status.ts';
import { cancelRequest, notePhoneAnswer } from '../partners/staff-side.command.ts';
import { act, optionalLine, optionalText, text, uuid } from './act.form.ts';

export { REPLIES, URGENCIES };

/** Asking an organisation, writing down what it said by phone, asking it no more (R20, R62). */
export const PARTNER_ACTS = {
  solliciter: act(
    ['organisation', 'urgency', 'question'],
    z.object({ organisation: uuid, urgency: z.enum(URGENCIES, 'missing'), question: text }),
    async (ctx, by, caseId, { organisation, urgency, question }) => {
      await askPartner(ctx, by, { caseId, organisationId: organisation, urgency, question });
    },
  ),
  'reponse-partenaire': act(
    ['request', 'reply', 'actionOn', 'referTo', 'note'],
    z
      .object({
        request: uuid,
        reply: z.enum(REPLIES, 'missing'),
        actionOn: optionalLine,
        referTo: optionalLine,
        note: optionalText,
      })
      .refine(({ reply, referTo }) => reply !== 'not_competent' || referTo, { path: ['referTo'], error: 'missing' }),
    (ctx, by, caseId, { request, reply, actionOn, referTo, note }) =>
      notePhoneAnswer(ctx, by, {
        caseId,
        requestId: request,
        reply,
        ...(actionOn ? { actionOn } : {}),
        ...(referTo ? { referTo } : {}),
        ...(note ? { comment: note } : {}),
      }),
  ),
  'annuler-demande': act(['request'], z.object({ request: uuid }), (ctx, by, caseId, { request }) =>
    cancelRequest(ctx, by, { caseId, requestId: request }),
  ),
};

import { z } from 'zod';
import { askPartner, URGENCIES } from '../partners/ask-partner.command.ts';
import { noteContactAbsence } from '../partners/note-contact-absence.command.ts';
import { REPLIES } from '../partners/request-status.ts';
import { POSITIONS } from '../partners/who-is-asked.ts';
import { cancelRequest, informPartner, notePhoneAnswer } from '../partners/staff-side.command.ts';
import { act, line, optionalLine, optionalText, present, seen, text, ticked, uuid } from './act.form.ts';

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
    ['request', 'reply', 'actionOn', 'referTo', 'note', 'followUpContact', 'willTakePart'],
    z
      .object({
        request: uuid,
        reply: z.enum(REPLIES, 'missing'),
        actionOn: optionalLine,
        referTo: optionalLine,
        note: optionalText,
        followUpContact: optionalLine,
        willTakePart: ticked,
        seen,
      })
      .refine(({ reply, referTo }) => reply !== 'not_competent' || referTo, { path: ['referTo'], error: 'missing' }),
    (ctx, by, caseId, { request, reply, actionOn, referTo, note, followUpContact, ...said }) =>
      notePhoneAnswer(ctx, by, {
        caseId,
        requestId: request,
        reply,
        ...present({ actionOn, referTo, comment: note, followUpContact }),
        ...said,
      }),
  ),
  'informer-partenaire': act(
    ['request', 'information'],
    z.object({ request: uuid, information: text, seen }),
    (ctx, by, caseId, { request, information, seen: known }) =>
      informPartner(ctx, by, { caseId, requestId: request, said: information, seen: known }),
  ),
  'absence-partenaire': act(
    ['request', 'position', 'until'],
    z.object({ request: uuid, position: z.enum(POSITIONS, 'missing'), until: line }),
    (ctx, by, caseId, { request, ...away }) => noteContactAbsence(ctx, by, { caseId, requestId: request, ...away }),
  ),
  'annuler-demande': act(['request'], z.object({ request: uuid, seen }), (ctx, by, caseId, { request, seen: known }) =>
    cancelRequest(ctx, by, { caseId, requestId: request, seen: known }),
  ),
};

import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { type DangerDoor, opensAt, sayDanger, showDanger } from '../follow/danger-door.tsx';
import type { PartnerDeps } from '../follow/follow-deps.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { ANSWER_FORM, readAnswer } from './answer.form.ts';
import { requestForPartner } from './own-requests.query.ts';
import { withSeat } from './partner-seat.tsx';
import type { PartnerSeat } from './partner-session.command.ts';
import { acknowledgeRequest, answerRequest, raiseDangerByPartner } from './partner-side.command.ts';
import { CancelledRequestPage, RequestPage, type RequestPageProps } from './request.page.tsx';

const Address = z.object({ id: AddressId });

/** /partenaire/demandes: an organisation answers what it was asked (R46, R63). */
export function partnerRoutes(deps: PartnerDeps): Hono {
  const app = new Hono();

  app.get('/partenaire/demandes/:id', addressParts(Address), (c) =>
    withSeat(deps, c, (seat) => show(c, seat, c.req.valid('param').id, {})),
  );

  app.post('/partenaire/demandes/:id/recu', addressParts(Address), (c) =>
    withSeat(deps, c, async (seat) => {
      const town = deps.town(c);
      const { id } = c.req.valid('param');
      const body = await readForm(c, { one: ['form'], many: [] });
      if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
      try {
        await acknowledgeRequest(deps, { townId: town.id, ...seat, requestId: id, ...formId(body.fields) });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'already_done') throw error;
      }
      return c.redirect(`/partenaire/demandes/${id}?recu`, 303);
    }),
  );

  app.post('/partenaire/demandes/:id/repondre', addressParts(Address), async (c) => {
    const town = deps.town(c);
    const { id } = c.req.valid('param');
    const body = await readForm(c, ANSWER_FORM);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const comment = body.fields['comment'];
    return withSeat(
      deps,
      c,
      async (seat) => {
        const kept = { answers: body.fields, ...formId(body.fields) };
        if (!body.ok) return show(c, seat, id, { ...kept, notice: town.t('follow.unread') }, 422);
        const read = readAnswer(body.fields);
        if (!read.ok) return show(c, seat, id, { ...kept, wrong: read.wrong }, 422);
        try {
          await answerRequest(deps, { townId: town.id, ...seat, requestId: id, ...formId(body.fields) }, read.value);
        } catch (error) {
          if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
          if (error.field === 'action_on') return show(c, seat, id, { ...kept, wrong: ['action_on'] }, 422);
          if (error.code !== 'already_done') {
            const words = error.code === 'changed_meanwhile' ? 'partners.answeredMeanwhile' : 'partners.over';
            return show(c, seat, id, { ...kept, notice: town.t(words, { phone: town.view.phone }) }, 409);
          }
        }
        return c.redirect(`/partenaire/demandes/${id}?repondu`, 303);
      },
      typeof comment === 'string' ? comment : undefined,
    );
  });

  app.get('/partenaire/demandes/:id/danger', addressParts(Address), (c) =>
    withSeat(deps, c, (seat) => showDanger(deps, c, door(c, seat, c.req.valid('param').id))),
  );

  app.post('/partenaire/demandes/:id/danger', addressParts(Address), (c) =>
    withSeat(deps, c, (seat) => sayDanger(deps, c, door(c, seat, c.req.valid('param').id))),
  );

  function door(c: Context, seat: PartnerSeat, requestId: string): DangerDoor {
    const { id: townId } = deps.town(c);
    const back = `/partenaire/demandes/${requestId}`;
    return {
      action: `${back}/danger`,
      back,
      held: false,
      french: true,
      reader: async () => {
        const request = await requestForPartner(deps, townId, seat, requestId);
        if (!request) throw new DomainError('not_found');
        return { minor: false, now: request.now };
      },
      raise: (who, form, family) => raiseDangerByPartner(deps, { townId, ...seat, requestId, ...form }, who, family),
    };
  }

  async function show(
    c: Context,
    seat: PartnerSeat,
    requestId: string,
    said: Omit<Partial<RequestPageProps>, 't' | 'town' | 'request'>,
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> {
    const town = deps.town(c);
    const request = await requestForPartner(deps, town.id, seat, requestId);
    if (!request) return problem(c, town, 404);
    const danger =
      c.req.query('danger') === undefined ? undefined : { opensAt: await opensAt(deps, town.id, request.now) };
    if (request.state === 'cancelled')
      return c.html(
        <CancelledRequestPage
          t={town.t}
          town={town.view}
          request={request}
          answers={said.answers ?? {}}
          danger={danger}
        />,
        status === 422 ? 409 : status,
      );
    const done =
      c.req.query('repondu') === undefined ? (c.req.query('recu') === undefined ? undefined : 'received') : 'answered';
    return c.html(
      <RequestPage
        t={town.t}
        town={town.view}
        request={request}
        done={done}
        danger={danger}
        {...said}
        form={said.form ?? crypto.randomUUID()}
      />,
      status,
    );
  }
  return app;
}

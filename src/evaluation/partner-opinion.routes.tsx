import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import type { PartnerDeps } from '../follow/follow-deps.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { withSeat } from '../partners/partner-seat.tsx';
import type { PartnerSeat } from '../partners/partner-session.command.ts';
import { givePartnerOpinion } from './give-partner-opinion.command.ts';
import { PARTNER_OPINION_FORM, readPartnerOpinion } from './partner-opinion.form.ts';
import { PartnerOpinionPage, type PartnerOpinionPageProps } from './partner-opinion.page.tsx';
import { partnerOpinionState } from './partner-opinion-state.query.ts';

const Address = z.object({ id: AddressId });

/** /partenaire/demandes/…/avis: what an organisation thinks of a mediation it was asked into (F8), kept apart from which one it is. */
export function partnerOpinionRoutes(deps: PartnerDeps): Hono {
  const app = new Hono();

  app.get('/partenaire/demandes/:id/avis', addressParts(Address), (c) =>
    withSeat(deps, c, (seat) => show(c, seat, c.req.valid('param').id, {})),
  );

  app.post('/partenaire/demandes/:id/avis', addressParts(Address), async (c) => {
    const town = deps.town(c);
    const { id } = c.req.valid('param');
    const body = await readForm(c, PARTNER_OPINION_FORM);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    return withSeat(deps, c, async (seat) => {
      const read = body.ok ? readPartnerOpinion(body.fields) : ({ ok: false, wrong: 'unread' } as const);
      if (!read.ok) return show(c, seat, id, { answers: body.fields, wrong: read.wrong }, 422);
      try {
        await givePartnerOpinion(deps, { townId: town.id, ...seat, requestId: id }, read.value);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.field === 'places') return show(c, seat, id, { answers: body.fields, wrong: 'unread' }, 422);
        // Given before, or no longer asked: the page says which.
      }
      return c.redirect(`/partenaire/demandes/${id}/avis`, 303);
    });
  });

  async function show(
    c: Context,
    seat: PartnerSeat,
    requestId: string,
    said: Pick<Partial<PartnerOpinionPageProps>, 'answers' | 'wrong'>,
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const town = deps.town(c);
    const asked = await partnerOpinionState(deps, town.id, seat, requestId);
    if (!asked) return problem(c, town, 404);
    return c.html(
      <PartnerOpinionPage t={town.t} town={town.view} requestId={requestId} asked={asked} {...said} />,
      status,
    );
  }
  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import type { PartnerDeps } from '../follow/follow-deps.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { endAbsence, noteAbsence, ownAbsences } from './absence.command.ts';
import { ABSENCE_FORM, type AbsenceFault, readAbsence } from './absence.form.ts';
import { AbsencePage } from './absence.page.tsx';
import { withSeat } from './partner-seat.tsx';
import type { PartnerSeat } from './partner-session.command.ts';

const Address = z.object({ id: AddressId });

/** /partenaire/absence: who is away is not reminded; the next person of the organisation is (spec §4.4). */
export function absenceRoutes(deps: PartnerDeps): Hono {
  const app = new Hono();

  app.get('/partenaire/absence', (c) => withSeat(deps, c, (seat) => show(c, seat, {})));

  app.post('/partenaire/absence', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, ABSENCE_FORM);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    return withSeat(deps, c, async (seat) => {
      const read = body.ok ? readAbsence(body.fields) : ({ ok: false, wrong: ['from_day'] } as const);
      if (!read.ok) return show(c, seat, { answers: body.fields, wrong: read.wrong });
      try {
        await noteAbsence(deps, town.id, seat, read.value);
      } catch (error) {
        if (!(error instanceof DomainError) || !error.field) throw error;
        return show(c, seat, { answers: body.fields, wrong: [error.field === 'to_day' ? 'to_day' : 'from_day'] });
      }
      return c.redirect('/partenaire/absence', 303);
    });
  });

  app.post('/partenaire/absence/:id', addressParts(Address), async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: [], many: [] });
    if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
    return withSeat(deps, c, async (seat) => {
      await endAbsence(deps, town.id, seat, c.req.valid('param').id);
      return c.redirect('/partenaire/absence', 303);
    });
  });

  async function show(
    c: Context,
    seat: PartnerSeat,
    said: { answers?: Record<string, string | string[]>; wrong?: readonly AbsenceFault[] },
  ): Promise<Response> {
    const { id, t, view } = deps.town(c);
    const absences = await ownAbsences(deps, id, seat);
    return c.html(<AbsencePage t={t} town={view} absences={absences} {...said} />, said.wrong ? 422 : 200);
  }
  return app;
}

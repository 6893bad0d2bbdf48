import { Hono } from 'hono';
import { z } from 'zod';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { caseOfSession } from '../follow/open-session.command.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { readCookie } from '../http/cookies.ts';
import { problem } from '../http/problem.tsx';
import { partyOfSession } from '../parties/party-session.command.ts';
import { calendarFile } from './calendar-file.ts';
import { ownAppointment } from './own-appointment.query.ts';

/** /suivi/rendez-vous/…: the calendar file of an own appointment, for whichever side's page is open; it names nobody (line 3). */
export function appointmentRoutes(deps: FollowDeps): Hono {
  const app = new Hono();
  app.get('/suivi/rendez-vous/:id', addressParts(z.object({ id: AddressId })), async (c) => {
    const town = deps.town(c);
    const { id } = c.req.valid('param');
    const caseId = await caseOfSession(deps, town.id, readCookie(c, 'suivi'));
    const seat = await partyOfSession(deps, town.id, readCookie(c, 'participation'));
    const found =
      (caseId && (await ownAppointment(deps, { townId: town.id, caseId }, id))) ||
      (seat && (await ownAppointment(deps, { townId: town.id, ...seat }, id)));
    // Without an open page the code is asked for, as everywhere under /suivi.
    if (!caseId && !seat) return problem(c, town, 403);
    if (!found) return problem(c, town, 404);
    const { number, ...when } = found;
    const { content } = calendarFile({
      ...when,
      summary: town.t('mail.session.summary', { number }),
      cancelled: false,
      organiser: { name: town.t('mail.service', { town: town.view.name }), email: town.view.email },
      fictional: town.view.isDemo ? town.t('ui.fictional') : null,
    });
    c.header('Content-Type', 'text/calendar; charset=utf-8; method=PUBLISH');
    c.header('Content-Disposition', 'attachment; filename="rendez-vous.ics"');
    return c.body(content);
  });
  return app;
}

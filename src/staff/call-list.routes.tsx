import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { CALL_OUTCOMES } from '../calls/call-choices.ts';
import { callsToMake } from '../calls/calls-to-make.query.ts';
import { settleCall } from '../calls/settle-call.command.ts';
import { DomainError } from '../errors.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { asStaff } from './as-staff.ts';
import { CallListPage } from './call-list.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

const Settled = z.object({ outcome: z.enum(CALL_OUTCOMES) });

/** /equipe/appels: calls with an interpreter that were asked for before any request, for whoever leads a team. */
export function callListRoutes(deps: StaffDeps): Hono {
  const app = new Hono();
  const asLeader = (c: Context, run: (person: AtWork) => Promise<Response>) =>
    asStaff(deps, c, async (person) =>
      person.roles.includes('team_leader') ? run(person) : problem(c, deps.town(c), 404),
    );

  app.get('/equipe/appels', (c) =>
    asLeader(c, (person) => show(c, person, { done: c.req.query('fait') !== undefined })),
  );

  app.post('/equipe/appels/:id', addressParts(z.object({ id: AddressId })), (c) =>
    asLeader(c, async (person) => {
      const body = await readForm(c, { one: ['outcome'], many: [] });
      const read = Settled.safeParse(body.ok ? body.fields : undefined);
      if (!read.success) return problem(c, deps.town(c), body.ok ? 422 : body.status);
      try {
        await settleCall(deps, person, { id: c.req.valid('param').id, ...read.data });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return show(c, person, { done: false, gone: true }, 409);
      }
      return c.redirect('/equipe/appels?fait', 303);
    }),
  );

  async function show(
    c: Context,
    person: AtWork,
    said: { done: boolean; gone?: boolean },
    status: 200 | 409 = 200,
  ): Promise<Response> {
    const { t, view } = deps.town(c);
    const frame = staffFrame(t, view, person, 'case');
    return c.html(<CallListPage frame={frame} {...await callsToMake(deps, person)} {...said} />, status);
  }
  return app;
}

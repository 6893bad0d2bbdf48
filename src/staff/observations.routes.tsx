import { Hono } from 'hono';
import { z } from 'zod';
import { problem } from '../http/problem.tsx';
import { asStaff } from './as-staff.ts';
import { ObservationsPage } from './observations.page.tsx';
import { observationList } from './observations.query.ts';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';

const After = z.uuid().optional().catch(undefined);

/** /equipe/observations: places pointed out without a name, for whoever leads a team. */
export function observationRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe/observations', (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      if (!person.roles.includes('team_leader')) return problem(c, town, 404);
      const after = After.parse(c.req.query('apres'));
      const frame = staffFrame(town.t, town.view, person, 'case');
      const list = await observationList(deps, person, after);
      return c.html(<ObservationsPage frame={frame} list={list} isFirst={after === undefined} />);
    }),
  );
  return app;
}

import { Hono } from 'hono';
import { z } from 'zod';
import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import { waitingCalls } from '../calls/calls-to-make.query.ts';
import { toCheckAgain } from '../helplines/helpline.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { agendaPoints } from './agenda.query.ts';
import { asStaff } from './as-staff.ts';
import { caseActRoutes } from './case-act.routes.tsx';
import { CaseReadsPage } from './case-reads.page.tsx';
import { caseReads } from './case-reads.query.ts';
import { CasePage } from './case.page.tsx';
import { caseView } from './case-view.query.ts';
import { recentObservations } from './observations.query.ts';
import { possibleDuplicates } from './possible-duplicates.query.ts';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';
import { WorklistPage } from './worklist.page.tsx';
import { worklist } from './worklist.query.ts';

const CaseAddress = z.object({ id: AddressId });

/** /equipe: the worklist, a case, and each act on it. Row-level security says which cases; administrators have none (line 4). */
export function staffRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe', (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const policy = await deps.policies.of(town.id);
      const list = await worklist(deps, person);
      const today = localDay(policy.calendar, list.now);
      const leads = person.roles.includes('team_leader');
      return c.html(
        <WorklistPage
          frame={staffFrame(town.t, town.view, person, 'todo')}
          list={list}
          agenda={await agendaPoints(deps, person)}
          observations={leads ? await recentObservations(deps, person) : undefined}
          calls={leads ? await waitingCalls(deps, person) : undefined}
          toCheck={person.roles.includes('coordinator') ? toCheckAgain(town.view, today).length : 0}
          today={today}
          nextDay={addWorkingDays(policy.calendar, today, 1)}
        />,
      );
    }),
  );

  app.get('/equipe/demandes/:id', addressParts(CaseAddress), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const view = await caseView(deps, person, c.req.valid('param').id);
      const alike = await possibleDuplicates(deps, person, view);
      return c.html(
        <CasePage
          frame={staffFrame(town.t, town.view, person, 'case')}
          view={view}
          alike={alike}
          done={c.req.query('fait') !== undefined}
        />,
      );
    }),
  );

  app.get('/equipe/demandes/:id/lectures', addressParts(CaseAddress), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const { id } = c.req.valid('param');
      const frame = staffFrame(town.t, town.view, person, 'case');
      return c.html(<CaseReadsPage frame={frame} caseId={id} of={await caseReads(deps, person, id)} />);
    }),
  );

  app.route('/', caseActRoutes(deps));
  return app;
}

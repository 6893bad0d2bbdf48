import { Hono } from 'hono';
import { z } from 'zod';
import { readCaseNumber } from '../cases/case-number.ts';
import { asStaff } from './as-staff.ts';
import { CaseListPage, LIST_ADDRESS, LISTS } from './case-list.page.tsx';
import { caseList, caseOfNumber } from './case-list.query.ts';
import { staffFrame } from './staff-frame.tsx';
import type { StaffDeps } from './staff-deps.ts';

/** /equipe/demandes: every case this person sees, open or ended, and the way to one by its number. */
export function caseListRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe/demandes', (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const typed = c.req.query('numero')?.trim();
      const number = typed ? readCaseNumber(typed) : undefined;
      const found = number && (await caseOfNumber(deps, person, number));
      if (found) return c.redirect(`/equipe/demandes/${found}`, 303);
      const kind = LISTS.find((known) => LIST_ADDRESS[known] === c.req.query('liste')) ?? 'open';
      const after = readCaseNumber(c.req.query('apres') ?? '');
      const flood = z.uuid().safeParse(c.req.query('lot'));
      const list = await caseList(deps, person, { kind, after, flood: flood.success ? flood.data : undefined });
      return c.html(
        <CaseListPage
          frame={staffFrame(town.t, town.view, person, 'cases')}
          kind={kind}
          list={list}
          flood={flood.success ? flood.data : undefined}
          isFirst={after === undefined}
          searched={typed ? { typed: typed.slice(0, 60), error: number ? 'notYours' : 'notANumber' } : undefined}
        />,
        typed ? 422 : 200,
      );
    }),
  );
  return app;
}

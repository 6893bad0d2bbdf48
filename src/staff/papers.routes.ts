import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { agreementPaper } from '../letters/agreement-paper.ts';
import { invitationLetter } from '../letters/invitation-letter.ts';
import { opinionPaper } from '../letters/opinion-paper.ts';
import { ownCopyPaper } from '../letters/own-copy.ts';
import { copyForTeam } from '../rights/case-rights.query.ts';
import { typedAddress } from '../ui/typed-address.ts';
import { asStaff } from './as-staff.ts';
import { agreementFacts, invitationFacts, opinionFacts } from './papers.query.ts';
import type { StaffDeps } from './staff-deps.ts';

const CaseAddress = z.object({ id: AddressId });

/** The papers of a case as PDF: the invitation with its notice (R33, R77), the agreement people keep (R22), the copy of one's own data (R82). Made when asked for, stored nowhere. */
export function paperRoutes(deps: StaffDeps & { ownOrigin(c: Context): string }): Hono {
  const app = new Hono();

  app.get('/equipe/demandes/:id/papiers/accord', addressParts(CaseAddress), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const facts = await agreementFacts(deps, person, c.req.valid('param').id);
      if (!facts) return problem(c, town, 404);
      return pdfAnswer(c, agreementPaper(town.t, town.view, facts), facts.number);
    }),
  );

  app.get('/equipe/demandes/:id/papiers/avis/:party', addressParts(CaseAddress.extend({ party: AddressId })), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const { id, party } = c.req.valid('param');
      const facts = await opinionFacts(deps, person, id, party);
      // The name of the file says no number: the paper is nobody's.
      return facts ? pdfAnswer(c, opinionPaper(town.t, town.view, facts), 'avis') : problem(c, town, 404);
    }),
  );

  app.get('/equipe/demandes/:id/papiers/droits/:right', addressParts(CaseAddress.extend({ right: AddressId })), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const { id, right } = c.req.valid('param');
      const copy = await copyForTeam(deps, person, id, right);
      return copy ? pdfAnswer(c, ownCopyPaper(town.t, town.view, copy), copy.number) : problem(c, town, 404);
    }),
  );

  app.get('/equipe/demandes/:id/papiers/:party', addressParts(CaseAddress.extend({ party: AddressId })), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const { id, party } = c.req.valid('param');
      const facts = await invitationFacts(deps, person, id, party);
      if (!facts) return problem(c, town, 404);
      const { now, ...invitation } = facts;
      const origin = typedAddress(deps.ownOrigin(c));
      return pdfAnswer(c, invitationLetter(town.t, town.view, { ...invitation, at: now, origin }), facts.number);
    }),
  );
  return app;
}

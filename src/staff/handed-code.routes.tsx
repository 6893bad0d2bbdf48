import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { cookieExpiry, readCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { townIn } from '../http/language.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { codeSlip } from '../letters/code-slip.ts';
import { handedSlip } from '../parties/handed-code.query.ts';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { asStaff } from './as-staff.ts';
import { caseView } from './case-view.query.ts';
import { HandedCodePage } from './handed-code.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

const Handed = z.object({
  personId: z.uuid(),
  caseId: z.uuid(),
  party: z.uuid(),
  fresh: z.uuid(),
  shown: z.boolean().default(false),
});
type Handed = z.infer<typeof Handed>;
const CaseAddress = z.object({ id: AddressId });

/** What the page that follows shows, once: kept sealed by the browser of whoever handed it, for a quarter of an hour. */
export function keepHanded(keys: KeyRing, c: Context, townId: string, handed: unknown): void {
  const { success, data } = Handed.safeParse(handed);
  if (success) writeCookie(c, 'remis', sealHanded(keys, townId, data));
}

function sealHanded(keys: KeyRing, townId: string, handed: Handed): string {
  return sealCookie(keys, townId, 'handed_code', handed, cookieExpiry('remis'));
}

/** The code that was just handed to one party: on screen once, and as a slip to print (C-2). Never by mail, never in an address (C-4). */
export function handedCodeRoutes(deps: StaffDeps & { followAddress(c: Context): string }): Hono {
  const app = new Hono();

  app.get('/equipe/demandes/:id/code-remis', addressParts(CaseAddress), (c) =>
    asStaff(deps, c, async (person) => {
      const { id } = c.req.valid('param');
      const handed = heldBy(person, id, readCookie(c, 'remis'));
      if (!handed) return c.redirect(`/equipe/demandes/${id}`, 303);
      const { t, view } = deps.town(c);
      const slip = handed.shown ? undefined : await slipOf(person, handed);
      // The next look at this page shows no code.
      keepHanded(deps.keys, c, person.townId, { ...handed, shown: true });
      return c.html(
        <HandedCodePage
          frame={staffFrame(t, view, person, 'case')}
          view={await caseView(deps, person, id)}
          partyId={handed.party}
          slip={slip}
          followAddress={deps.followAddress(c)}
          sealed={sealHanded(deps.keys, person.townId, handed)}
        />,
      );
    }),
  );

  /** The slip of the page that showed the code, while that page is open; in the language of whoever it is for. */
  app.post('/equipe/demandes/:id/papiers/code', addressParts(CaseAddress), (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const { id } = c.req.valid('param');
      const body = await readForm(c, { one: ['slip'], many: [] });
      const { slip: sealed } = body.ok ? body.fields : {};
      const handed = heldBy(person, id, typeof sealed === 'string' ? sealed : undefined);
      const slip = handed && (await slipOf(person, handed));
      if (!slip) return problem(c, town, 404);
      const { t, view } = townIn(slip.language, town);
      return pdfAnswer(c, codeSlip(t, view, { ...slip, followAddress: deps.followAddress(c) }), slip.number);
    }),
  );

  /** What this person handed on this case; somebody else at the same screen reads nothing of it. */
  function heldBy(person: AtWork, caseId: string, text: string | undefined): Handed | undefined {
    const { data } = Handed.safeParse(openCookie(deps.keys, person.townId, 'handed_code', text, Date.now()));
    return data?.personId === person.personId && data.caseId === caseId ? data : undefined;
  }

  function slipOf({ townId, personId }: AtWork, { party, fresh }: Handed) {
    return handedSlip(deps, { townId, personId }, { partyId: party, fresh });
  }
  return app;
}

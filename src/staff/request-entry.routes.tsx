import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { cookieExpiry, dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { locales } from '../i18n/languages.ts';
import { townIn } from '../http/language.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { receiptSlip } from '../letters/receipt-slip.ts';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { enterRequest } from '../requests/enter-request.command.ts';
import { receiptFacts } from '../requests/receipt.query.ts';
import { NEEDS, PRECAUTIONS, WAYS } from '../requests/request-choices.ts';
import { SCREEN_ORDER } from '../requests/screens.ts';
import { toRequest } from '../requests/to-request.ts';
import { asTypist, entryPosted } from './as-typist.tsx';
import { enteredFacts } from './request-entered.query.ts';
import { EnteredPage } from './request-entered.page.tsx';
import { ENTRY_FIELDS, readEntry } from './request-entry.form.ts';
import { EntryDoorPage, EntryPage, type EntryPageProps } from './request-entry.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

const Entered = z.object({
  personId: z.uuid(),
  caseId: z.uuid(),
  code: z.string().nullable(),
  language: z.enum(locales),
  ways: z.array(z.enum(WAYS)),
  precautions: z.array(z.enum(PRECAUTIONS)),
});
type Entered = z.infer<typeof Entered>;

/**
 * /equipe/saisie: a request told by phone, at the desk, in the street or on paper, typed by somebody of the team (R27, R28). The code is
 * shown once to whoever typed, to be given to the person; then the number alone.
 */
export function requestEntryRoutes(deps: StaffDeps & { followAddress(c: Context): string }): Hono {
  const app = new Hono();
  app.get('/equipe/saisie', (c) =>
    asTypist(deps, c, async (person) => {
      const need = NEEDS.find((known) => known === c.req.query('besoin'));
      if (need) return show(c, person, { form: crypto.randomUUID(), answers: { need } });
      const { t, view } = deps.town(c);
      return c.html(<EntryDoorPage frame={staffFrame(t, view, person, 'entry')} />);
    }),
  );

  app.post('/equipe/saisie', (c) => {
    const town = deps.town(c);
    return entryPosted(deps, c, {
      fields: ENTRY_FIELDS,
      screens: SCREEN_ORDER,
      show: (person, again, status) => show(c, person, again, status),
      forget: () => dropCookie(c, 'saisie'),
      async store(answers, by) {
        const read = readEntry(answers, town);
        if (!read.ok) return read;
        const request = toRequest(answers, town, read.uiLanguage);
        const { caseId, code } = await enterRequest(deps, { id: town.id, kid: town.kid }, by, read.entry, request);
        const { contactWays: ways, precautions } = request;
        const { uiLanguage: language } = read;
        keep(c, town.id, { personId: by.personId, caseId, code: code ?? null, language, ways, precautions });
        return c.redirect('/equipe/saisie/recu', 303);
      },
    });
  });

  app.get('/equipe/saisie/recu', (c) =>
    asTypist(deps, c, async (person) => {
      const town = deps.town(c);
      const entered = heldBy(person, readCookie(c, 'saisie'));
      if (!entered) return c.redirect('/equipe/saisie', 303);
      const facts = await enteredFacts(deps, town.id, entered);
      const { ways, precautions } = entered;
      // The next look at this page shows the number alone.
      if (entered.code) keep(c, town.id, { ...entered, code: null });
      return c.html(
        <EnteredPage
          frame={staffFrame(town.t, town.view, person, 'entry')}
          facts={facts}
          code={entered.code ?? undefined}
          ways={ways}
          precautions={precautions}
          followAddress={deps.followAddress(c)}
          sealed={entered.code ? sealed(town.id, entered) : undefined}
        />,
      );
    }),
  );

  /** The slip of the page that showed the code, while that page is open. */
  app.post('/equipe/saisie/recu.pdf', (c) =>
    asTypist(deps, c, async (person) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['slip'], many: [] });
      const { slip } = body.ok ? body.fields : {};
      const entered = heldBy(person, typeof slip === 'string' ? slip : undefined);
      if (!entered) return c.redirect('/equipe/saisie/recu', 303);
      const facts = await receiptFacts(deps, town.id, entered.caseId);
      const said = { ...facts, code: entered.code ?? undefined, followAddress: deps.followAddress(c) };
      // The paper is for the person, whatever language the page is in.
      const { t, view } = townIn(entered.language, town);
      return pdfAnswer(c, receiptSlip(t, view, said), facts.number);
    }),
  );

  const sealed = (townId: string, entered: Entered) =>
    sealCookie(deps.keys, townId, 'entered', entered, cookieExpiry('saisie'));
  const keep = (c: Context, townId: string, entered: Entered) => writeCookie(c, 'saisie', sealed(townId, entered));

  /** What this person typed; somebody else at the same screen reads nothing of it. */
  function heldBy(person: AtWork, text: string | undefined): Entered | undefined {
    const read = Entered.safeParse(openCookie(deps.keys, person.townId, 'entered', text, Date.now()));
    return read.success && read.data.personId === person.personId ? read.data : undefined;
  }

  async function show(
    c: Context,
    person: AtWork,
    said: Omit<EntryPageProps, 'frame' | 'by' | 'where'>,
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> {
    const town = deps.town(c);
    const frame = staffFrame(town.t, town.view, person, 'entry');
    return c.html(<EntryPage frame={frame} by={person.personId} where={town} {...said} />, status);
  }

  return app;
}

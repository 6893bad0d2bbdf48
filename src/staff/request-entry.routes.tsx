import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { cookieExpiry, dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { formId, readForm } from '../http/form-body.ts';
import { locales } from '../i18n/languages.ts';
import { townIn } from '../http/language.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { receiptSlip } from '../letters/receipt-slip.ts';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { enterRequest } from '../requests/enter-request.command.ts';
import { receiptFacts } from '../requests/receipt.query.ts';
import { NEEDS } from '../requests/request-choices.ts';
import { SCREEN_ORDER } from '../requests/screens.ts';
import { toRequest } from '../requests/to-request.ts';
import { asTypist, typedAgain } from './as-typist.tsx';
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
  ways: z.array(z.string()),
  precautions: z.array(z.string()),
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

  app.post('/equipe/saisie', async (c) => {
    const signedIn = await deps.staff(c);
    if (!signedIn) {
      dropCookie(c, 'saisie');
      return typedAgain(deps, c, ENTRY_FIELDS, SCREEN_ORDER);
    }
    return asTypist(
      deps,
      c,
      async (person) => {
        const town = deps.town(c);
        const body = await readForm(c, ENTRY_FIELDS);
        if (!body.ok && body.status !== 422) return problem(c, town, body.status);
        const answers = body.fields;
        const { form } = formId(answers);
        const again = (said: Partial<EntryPageProps>, status: 409 | 422 = 422) =>
          show(c, person, { form: form ?? crypto.randomUUID(), answers, ...said }, status);
        if (!body.ok || !form) return again({ notice: town.t('staff.unread') });
        if (answers['by'] !== person.personId) return again({ notice: town.t('staff.otherPerson') }, 409);
        const read = readEntry(answers, town);
        if (!read.ok) return again({ wrong: read });
        const request = toRequest(answers, town, read.uiLanguage);
        const by = { townId: person.townId, personId: person.personId, form };
        try {
          const { caseId, code } = await enterRequest(deps, { id: town.id, kid: town.kid }, by, read.entry, request);
          const { contactWays: ways, precautions } = request;
          const { uiLanguage: language } = read;
          keep(c, { personId: person.personId, caseId, code: code ?? null, language, ways, precautions });
        } catch (error) {
          if (!(error instanceof DomainError) || error.field === undefined) throw error;
          return again({ wrong: { own: { [error.field]: error.field }, form: {} } });
        }
        return c.redirect('/equipe/saisie/recu', 303);
      },
      signedIn,
    );
  });

  app.get('/equipe/saisie/recu', (c) =>
    asTypist(deps, c, async (person) => {
      const town = deps.town(c);
      const entered = heldBy(person, readCookie(c, 'saisie'));
      if (!entered) return c.redirect('/equipe/saisie', 303);
      const facts = await receiptFacts(deps, town.id, entered.caseId);
      const { ways, precautions } = entered;
      // The next look at this page shows the number alone.
      if (entered.code) keep(c, { ...entered, code: null });
      return c.html(
        <EnteredPage
          frame={staffFrame(town.t, town.view, person, 'entry')}
          facts={facts}
          code={entered.code ?? undefined}
          ways={ways}
          precautions={precautions}
          followAddress={deps.followAddress(c)}
          sealed={entered.code ? sealed(entered) : undefined}
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

  const sealed = (entered: Entered) => sealCookie(deps.keys, 'entered', entered, cookieExpiry('saisie'));
  const keep = (c: Context, entered: Entered) => writeCookie(c, 'saisie', sealed(entered));

  /** What this person typed; somebody else at the same screen reads nothing of it. */
  function heldBy(person: AtWork, text: string | undefined): Entered | undefined {
    const read = Entered.safeParse(openCookie(deps.keys, 'entered', text, Date.now()));
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

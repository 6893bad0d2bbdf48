import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { type Answers, formId, readForm } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import { problem } from '../http/problem.tsx';
import { refusedAs, type Said } from './act-refusal.ts';
import { type Faults, seen } from './act.form.ts';
import { ACTION_SLUGS } from './action-slugs.ts';
import { asStaff } from './as-staff.ts';
import { CASE_ACTIONS } from './case-action.form.ts';
import { ActionPage } from './case-action.page.tsx';
import { caseView } from './case-view.query.ts';
import { keepHanded } from './handed-code.routes.tsx';
import { mediatorChoices } from './mediators.query.ts';
import { SessionOverPage } from './session-over.page.tsx';
import type { StaffDeps } from './staff-deps.ts';
import { staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';

const ActAddress = z.object({ id: AddressId, action: z.enum(ACTION_SLUGS) });
type Act = z.output<typeof ActAddress>;

/** Each act on a case: its page, and what sending it does. Mounted after the other pages of a case, whose addresses win. */
export function caseActRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe/demandes/:id/:action', addressParts(ActAddress), (c) =>
    asStaff(deps, c, (person) => {
      const said = { done: c.req.query('fait') !== undefined };
      return showAct(c, person, c.req.valid('param'), askedAbout(c), {}, said);
    }),
  );

  app.post('/equipe/demandes/:id/:action', addressParts(ActAddress), async (c) => {
    const signedIn = await deps.staff(c);
    if (!signedIn) return sessionOver(c, c.req.valid('param').action);
    return asStaff(
      deps,
      c,
      async (person) => {
        const town = deps.town(c);
        const act = c.req.valid('param');
        const { fields, many, hidden = [], parse } = CASE_ACTIONS[act.action];
        const body = await readForm(c, { one: [...fields, ...hidden, 'by', 'form', 'seen', 'more'], many });
        if (!body.ok && body.status !== 422) return problem(c, town, body.status);
        const again = (errors: Faults, said: Said = { status: 422 }) =>
          showAct(c, person, act, body.fields, errors, said);
        if (!body.ok) {
          const twice = body.repeated.filter((name) => fields.includes(name));
          const said = twice.length === body.repeated.length && !body.unexpected;
          return again(repeated(twice), {
            status: 422,
            ...(said ? {} : { refusal: town.t('staff.unread') }),
          });
        }
        const by = body.fields['by'];
        if (by !== undefined && by !== person.personId)
          return again({}, { status: 409, refusal: town.t('staff.otherPerson') });
        // One more line is asked for: nothing is read yet, everything stays.
        if (body.fields['more'] !== undefined) return again({}, {});
        const parsed = parse(body.fields);
        if (!parsed.ok) return again(parsed.errors);
        try {
          await parsed.run(deps, { townId: person.townId, personId: person.personId, ...formId(body.fields) }, act.id);
        } catch (error) {
          if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
          if (error.code === 'already_done') return acted(c, person, act, body.fields);
          const { errors, said } = refusedAs(town.t, error);
          return again(errors, said);
        }
        return acted(c, person, act, body.fields);
      },
      signedIn,
    );
  });

  async function showAct(
    c: Context,
    person: AtWork,
    { id, action }: Act,
    answers: Answers,
    errors: Faults,
    said: Said = {},
  ): Promise<Response> {
    const town = deps.town(c);
    const view = await caseView(deps, person, id);
    const mediators = NAMES_MEDIATORS.includes(action) ? await mediatorChoices(deps, person, id) : [];
    return c.html(
      <ActionPage
        frame={staffFrame(town.t, town.view, person, 'case')}
        slug={action}
        view={view}
        by={person.personId}
        form={formId(answers).form ?? crypto.randomUUID()}
        answers={answers}
        errors={errors}
        refusal={said.refusal}
        seen={said.status === 409 ? seen.parse(answers['seen']) : undefined}
        first={said.first}
        done={said.done}
        mediators={mediators}
        quarters={town.quarters}
      />,
      said.status ?? 200,
    );
  }

  function acted(c: Context, { townId, personId }: AtWork, act: Act, answers: Answers): Response {
    if (act.action !== 'nouveau-code') return actedOn(c, act, answers);
    keepHanded(deps.keys, c, townId, { ...answers, personId, caseId: act.id });
    return c.redirect(`/equipe/demandes/${act.id}/code-remis`, 303);
  }

  /** What was written is shown again, whole; what was chosen is chosen again in a moment. */
  async function sessionOver(c: Context, action: Act['action']): Promise<Response> {
    const { t, view } = deps.town(c);
    const body = await readForm(c, { one: CASE_ACTIONS[action].written, many: [] });
    const fields = body.ok || body.status === 422 ? body.fields : {};
    const written = CASE_ACTIONS[action].written.flatMap((name) => {
      const typed = one(fields, name);
      return typed?.trim() ? [typed] : [];
    });
    return c.html(<SessionOverPage t={t} town={view} signInAddress={deps.signInAddress} written={written} />, 403);
  }

  return app;
}

/** Acts that choose among the town's mediators. */
const NAMES_MEDIATORS: readonly Act['action'][] = ['affecter', 'reaffecter', 'note'];

function actedOn(c: Context, { id, action }: Act, answers: Answers): Response {
  // Whoever declines, or gives the case its team, may no longer see it.
  const leaves = action === 'decliner' || (action === 'accepter' && answers['quarter']);
  if (answers['askPartner'] === 'yes') return c.redirect(`/equipe/demandes/${id}/solliciter?fait`, 303);
  return c.redirect(leaves ? '/equipe' : `/equipe/demandes/${id}?fait`, 303);
}

/** What a link of the case page is about: one session, one party, one request about somebody's data. */
function askedAbout(c: Context): Answers {
  const asked = ['session', 'party', 'rights'].flatMap((name) => {
    const id = c.req.query(name);
    return id ? [[name, id]] : [];
  });
  return Object.fromEntries(asked);
}

function repeated(names: readonly string[]): Faults {
  return Object.fromEntries(names.map((name) => [name, 'repeated']));
}

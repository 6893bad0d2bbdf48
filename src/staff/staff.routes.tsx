import { Hono } from 'hono';
import type { Context } from 'hono';
import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import { DomainError } from '../errors.ts';
import { type Answers, formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import type { Town } from '../http/town-of-request.ts';
import type { CommandContext } from '../command-context.ts';
import { CASE_ACTIONS, type Fault, type Faults } from './case-action.form.ts';
import { ActionPage } from './case-action.page.tsx';
import { ACTION_SLUGS, type ActionSlug } from './case-actions.ts';
import { CasePage } from './case.page.tsx';
import { caseView } from './case-view.query.ts';
import { mediatorChoices } from './mediators.query.ts';
import { possibleDuplicates } from './possible-duplicates.query.ts';
import { SessionOverPage } from './session-over.page.tsx';
import { staffFrame, worksOnCases } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';
import { WorklistPage } from './worklist.page.tsx';
import { worklist } from './worklist.query.ts';

export type StaffDeps = CommandContext & {
  town(c: Context): Town;
  staff(c: Context): Promise<AtWork | undefined>;
  /** Where somebody without a session is sent. */
  signInAddress: string;
};

type Wrong = { status?: 409 | 422; refusal?: string };

const WRITTEN_FIELDS = ['question', 'target', 'override', 'note', 'reason'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** /equipe: the worklist, a case, and each act on it. Row-level security says which cases; administrators have none (line 4). */
export function staffRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe', (c) =>
    asStaff(c, async (person) => {
      const town = deps.town(c);
      const policy = await deps.policies.of(town.id);
      const list = await worklist(deps, person);
      const today = localDay(policy.calendar, list.now);
      return c.html(
        <WorklistPage
          frame={staffFrame(town.t, town.view, person, 'todo')}
          list={list}
          today={today}
          tomorrow={addWorkingDays(policy.calendar, today, 1)}
        />,
      );
    }),
  );

  app.get('/equipe/demandes/:id', (c) =>
    asStaff(c, async (person) => {
      const town = deps.town(c);
      const view = await caseView(deps, person, idOf(c));
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

  app.get('/equipe/demandes/:id/:action', (c) => asStaff(c, (person) => showAction(c, person, slugOf(c), {}, {})));

  app.post('/equipe/demandes/:id/:action', async (c) => {
    const signedIn = await deps.staff(c);
    if (!signedIn) return sessionOver(c);
    return asStaff(
      c,
      async (person) => {
        const town = deps.town(c);
        const slug = slugOf(c);
        const { fields } = CASE_ACTIONS[slug];
        const body = await readForm(c, { one: [...fields, 'by', 'form'], many: [] });
        if (!body.ok && body.status !== 422) return problem(c, town, body.status);
        const again = (errors: Faults, wrong: Wrong = { status: 422 }) =>
          showAction(c, person, slug, body.fields, errors, wrong);
        if (!body.ok) {
          const twice = body.repeated.filter((name) => fields.includes(name));
          const said = twice.length === body.repeated.length && !body.unexpected;
          return again(faultsOf(twice, 'repeated'), {
            status: 422,
            ...(said ? {} : { refusal: town.t('staff.unread') }),
          });
        }
        const by = body.fields['by'];
        if (by !== undefined && by !== person.personId)
          return again({}, { status: 409, refusal: town.t('staff.otherPerson') });
        const parsed = CASE_ACTIONS[slug].parse(body.fields);
        if (!parsed.ok) return again(parsed.errors);
        try {
          await parsed.run(deps, { townId: person.townId, personId: person.personId, ...formId(body.fields) }, idOf(c));
        } catch (error) {
          if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
          if (error.code === 'already_done') return acted(c, slug, body.fields);
          if (error.field) return again(faultsOf([error.field], 'missing'));
          if (error.code === 'not_qualified') return again({ override: 'reasonNeeded' });
          return again({}, { status: 409, refusal: town.t(`staff.refused.${error.code}`) });
        }
        return acted(c, slug, body.fields);
      },
      signedIn,
    );
  });

  async function showAction(
    c: Context,
    person: AtWork,
    slug: ActionSlug,
    answers: Answers,
    errors: Faults,
    wrong: Wrong = {},
  ): Promise<Response> {
    const town = deps.town(c);
    const view = await caseView(deps, person, idOf(c));
    const mediators = slug === 'affecter' ? await mediatorChoices(deps, person) : [];
    return c.html(
      <ActionPage
        frame={staffFrame(town.t, town.view, person, 'case')}
        slug={slug}
        view={view}
        by={person.personId}
        form={formId(answers).form ?? crypto.randomUUID()}
        answers={answers}
        errors={errors}
        refusal={wrong.refusal}
        mediators={mediators}
        quarters={town.quarters}
      />,
      wrong.status ?? 200,
    );
  }

  /** Only free text is shown again: the rest is chosen again in a moment. */
  async function sessionOver(c: Context): Promise<Response> {
    const { t, view } = deps.town(c);
    const body = await readForm(c, { one: WRITTEN_FIELDS, many: [] });
    const fields = body.ok || body.status === 422 ? body.fields : {};
    const written = WRITTEN_FIELDS.flatMap((name) => {
      const typed = fields[name];
      return typeof typed === 'string' && typed.trim() ? [typed] : [];
    });
    return c.html(<SessionOverPage t={t} town={view} signInAddress={deps.signInAddress} written={written} />, 403);
  }

  async function asStaff(c: Context, run: (person: AtWork) => Promise<Response>, known?: AtWork): Promise<Response> {
    const person = known ?? (await deps.staff(c));
    if (!person) return c.redirect(deps.signInAddress, 303);
    if (worksOnCases(person)) return run(person);
    return c.req.path === '/equipe' ? c.redirect('/administration', 303) : problem(c, deps.town(c), 404);
  }
  return app;
}

function acted(c: Context, slug: ActionSlug, answers: Answers): Response {
  // Whoever declines, or gives the case its team, may no longer see it.
  const leaves = slug === 'decliner' || (slug === 'accepter' && answers['quarter']);
  return c.redirect(leaves ? '/equipe' : `/equipe/demandes/${idOf(c)}?fait`, 303);
}

/** A foreign, an erased and a random id are the same 404 (T-06). */
function idOf(c: Context): string {
  const id = c.req.param('id') ?? '';
  if (!UUID.test(id)) throw new DomainError('not_found');
  return id;
}

function faultsOf(names: readonly string[], fault: Fault): Faults {
  return Object.fromEntries(names.map((name) => [name, fault]));
}

function slugOf(c: Context): ActionSlug {
  const slug = ACTION_SLUGS.find((known) => known === c.req.param('action'));
  if (!slug) throw new DomainError('not_found');
  return slug;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { reopenByRequester } from '../cases/reopen.command.ts';
import { DomainError } from '../errors.ts';
import { formId, readForm } from '../http/form-body.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { agreementPaper } from '../letters/agreement-paper.ts';
import { agreementAnswered, itemTakenBack } from '../parties/agreement-answered.ts';
import { AGREEMENT_FORM } from '../parties/agreement.form.ts';
import { holderAgreement } from '../parties/holder-agreement.query.ts';
import { ownPaper } from '../parties/own-paper.query.ts';
import { AgreementPage } from './agreement.page.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { withCase } from './with-case.tsx';

type Said = Partial<Pick<Parameters<typeof AgreementPage>[0], 'answers' | 'wrong' | 'notice' | 'form'>>;

/** /suivi/accord: the requester's agreement by the code (F3); /suivi/rouvrir: coming back after a closing (T29). */
export function agreementRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/suivi/accord', (c) => withCase(deps, c, (caseId) => show(c, caseId, {})));

  app.post('/suivi/accord', async (c) => {
    const body = await readForm(c, AGREEMENT_FORM);
    if (!body.ok && body.status !== 422) return problem(c, deps.town(c), body.status);
    return withCase(deps, c, (caseId) =>
      agreementAnswered(deps, c, body, {
        seat: { caseId },
        side: 'requester',
        show: (said, status) => show(c, caseId, said, status),
        done: '/suivi/demande?repondu',
      }),
    );
  });

  app.post('/suivi/accord/reprendre', (c) =>
    withCase(deps, c, (caseId) => itemTakenBack(deps, c, { caseId }, '/suivi/accord?repris')),
  );

  app.get('/suivi/accord/papier', (c) =>
    withCase(deps, c, async (caseId) => {
      const town = deps.town(c);
      const paper = await ownPaper(deps, { townId: town.id, caseId });
      return paper ? pdfAnswer(c, agreementPaper(town.t, town.view, paper), paper.number) : problem(c, town, 404);
    }),
  );

  app.post('/suivi/rouvrir', (c) =>
    withCase(deps, c, async (caseId) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['form'], many: [] });
      if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
      try {
        await reopenByRequester(deps, { townId: town.id, caseId, ...formId(body.fields) });
      } catch (error) {
        // Opened already, or the day has passed: the page says which.
        if (!(error instanceof DomainError)) throw error;
        return c.redirect('/suivi/demande', 303);
      }
      return c.redirect('/suivi/demande?rouverte', 303);
    }),
  );

  async function show(c: Context, caseId: string, said: Said, status: 200 | 409 | 422 = 200): Promise<Response> {
    const { id, t, view } = deps.town(c);
    const { number, agreement } = await holderAgreement(deps, { townId: id, caseId });
    return c.html(
      <AgreementPage
        t={t}
        town={view}
        number={number}
        agreement={agreement}
        takenBack={c.req.query('repris') !== undefined}
        {...said}
        form={said.form ?? crypto.randomUUID()}
      />,
      status,
    );
  }
  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { DomainError } from '../errors.ts';
import { OPINION_FORM, readOpinion } from '../evaluation/opinion.form.ts';
import { typePaperOpinion } from '../evaluation/paper-opinion.command.ts';
import { type Answers, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { asStaff } from './as-staff.ts';
import { type PaperFault, PaperOpinionPage } from './paper-opinion.page.tsx';
import { staffFrame } from './staff-frame.tsx';
import type { AtWork } from './staff-person.query.ts';
import type { StaffDeps } from './staff-deps.ts';

const FORM = { one: ['token', ...OPINION_FORM.one], many: OPINION_FORM.many };

/** /equipe/avis-papier: what people wrote on paper or say by phone, typed in by somebody who does not learn whose it is (F7). */
export function paperOpinionRoutes(deps: StaffDeps): Hono {
  const app = new Hono();

  app.get('/equipe/avis-papier', (c) =>
    asStaff(deps, c, (person) => show(c, person, { done: c.req.query('fait') !== undefined })),
  );

  app.post('/equipe/avis-papier', (c) =>
    asStaff(deps, c, async (person) => {
      const town = deps.town(c);
      const body = await readForm(c, FORM);
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const again = (wrong: PaperFault) => show(c, person, { answers: body.fields, wrong }, 422);
      if (!body.ok) return again('unread');
      const { token, ...answers } = body.fields;
      const read = readOpinion(answers);
      if (!read.ok) return again(read.wrong);
      try {
        await typePaperOpinion(deps, town.id, { token: typeof token === 'string' ? token : '', opinion: read.value });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return again(error.code === 'already_done' ? 'typed' : 'token');
      }
      return c.redirect('/equipe/avis-papier?fait', 303);
    }),
  );

  async function show(
    c: Context,
    person: AtWork,
    said: { answers?: Answers; wrong?: PaperFault; done?: boolean },
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const { t, view } = deps.town(c);
    return c.html(<PaperOpinionPage frame={staffFrame(t, view, person, 'case')} {...said} />, status);
  }

  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { DomainError } from '../errors.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { withHolder } from '../follow/with-holder.tsx';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import type { CodeHolder } from '../parties/code-holder.ts';
import { giveOpinion } from './give-opinion.command.ts';
import { OPINION_FORM, readOpinion } from './opinion.form.ts';
import { OpinionPage, type OpinionPageProps } from './opinion.page.tsx';
import { opinionState } from './opinion-state.query.ts';

/** /suivi/avis: the opinion of either side, from its own page; what is said is kept apart from who said it (F7). */
export function opinionRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/suivi/avis', (c) => withHolder(deps, c, (holder) => show(c, holder, {})));

  app.post('/suivi/avis', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, OPINION_FORM);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    return withHolder(deps, c, async (holder) => {
      if (body.ok && body.language) return show(c, holder, { answers: body.fields });
      const read = body.ok ? readOpinion(body.fields) : ({ ok: false, wrong: 'unread' } as const);
      if (!read.ok) return show(c, holder, { answers: body.fields, wrong: read.wrong }, 422);
      try {
        await giveOpinion(deps, holder, read.value);
      } catch (error) {
        // Given before, or no longer asked: the page says which.
        if (!(error instanceof DomainError)) throw error;
      }
      return c.redirect('/suivi/avis', 303);
    });
  });

  async function show(
    c: Context,
    holder: CodeHolder,
    said: Pick<Partial<OpinionPageProps>, 'answers' | 'wrong'>,
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const { t, view } = deps.town(c);
    const asked = await opinionState(deps, holder);
    return c.html(<OpinionPage t={t} town={view} form={crypto.randomUUID()} {...asked} {...said} />, status);
  }
  return app;
}

import { Hono } from 'hono';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { ConfirmPage } from './confirm.page.tsx';
import { type FollowDeps, textOf } from './follow-deps.ts';
import { removeEmail } from './remove-email.command.ts';
import { withCase } from './with-case.tsx';

/** /suivi/courriel: the person takes the e-mail address back. */
export function removeEmailRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/suivi/courriel', (c) =>
    withCase(deps, c, async () => {
      const { t, view } = deps.town(c);
      return c.html(<ConfirmPage t={t} town={view} about="email" />);
    }),
  );

  app.post('/suivi/courriel', (c) =>
    withCase(deps, c, async (caseId) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['choice'], many: [] });
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const choice = body.ok ? textOf(body, 'choice') : '';
      if (choice === 'keep') return c.redirect('/suivi/demande', 303);
      if (choice !== 'remove') {
        const error = town.t('follow.email.missing');
        return c.html(<ConfirmPage t={town.t} town={town.view} about="email" error={error} />, 422);
      }
      await removeEmail(deps, { townId: town.id, caseId });
      return c.redirect('/suivi/demande?enlevee', 303);
    }),
  );
  return app;
}

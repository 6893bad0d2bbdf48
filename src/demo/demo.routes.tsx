import { Hono } from 'hono';
import type { Accounts } from '../accounts/accounts.ts';
import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import { addCookies } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import type { Town } from '../http/town-of-request.ts';
import { ConfirmationGalleryPage, FollowGalleryPage, StepGalleryPage } from '../ui/gallery-public.page.tsx';
import { GalleryPage } from '../ui/gallery.page.tsx';
import { askJourney, type Stretch } from './ask-journey.command.ts';
import { DemoPage } from './demo.page.tsx';
import { demoAccounts, demoView } from './demo.query.ts';

export type DemoDeps = CommandContext & {
  accounts: Accounts;
  town(c: Context): Town;
  mailbox(): string | undefined;
};
const STRETCHES: readonly Stretch[] = ['next', 'day', 'week'];

/** /demo: mounted in demo mode only; outside it these routes do not exist. Everything goes through the ordinary commands. */
export function demoRoutes(deps: DemoDeps): Hono {
  const app = new Hono();

  app.get('/demo', async (c) => {
    const town = deps.town(c);
    const view = await demoView(deps, town.id);
    if (view.journey?.state === 'asked' || view.journey?.state === 'running') c.header('Refresh', '1');
    return c.html(<DemoPage t={town.t} town={town.view} view={view} mailbox={deps.mailbox()} />);
  });

  app.post('/demo/entrer', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['person'], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const known = await demoAccounts(deps, town.id);
    const account = known.find(({ id }) => id === body.fields['person']);
    if (!account) return problem(c, town, 404);
    const { setCookies } = await deps.accounts.signInAs(account.authUserId);
    addCookies(c, setCookies);
    return c.redirect('/equipe', 303);
  });

  app.post('/demo/avancer', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['stretch'], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const stretch = STRETCHES.find((known) => known === body.fields['stretch']);
    if (!stretch) return problem(c, town, 422);
    await askJourney(deps, town.id, stretch);
    return c.redirect('/demo', 303);
  });
  // Every part of the pages in each of its states, for whoever builds the next page.
  app.get('/demo/pieces', (c) => c.html(<GalleryPage t={deps.town(c).t} />));
  app.get('/demo/pieces/formulaire', (c) => c.html(<StepGalleryPage t={deps.town(c).t} town={deps.town(c).view} />));
  app.get('/demo/pieces/suivi', (c) => c.html(<FollowGalleryPage t={deps.town(c).t} town={deps.town(c).view} />));
  app.get('/demo/pieces/confirmation', (c) =>
    c.html(<ConfirmationGalleryPage t={deps.town(c).t} town={deps.town(c).view} />),
  );
  return app;
}

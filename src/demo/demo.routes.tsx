import { Hono } from 'hono';
import type { Accounts } from '../accounts/accounts.ts';
import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import { addCookies } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import type { Log } from '../log.ts';
import type { Town } from '../http/town-of-request.ts';
import { ConfirmationGalleryPage, FollowGalleryPage, StepGalleryPage } from '../ui/gallery-public.page.tsx';
import { GalleryPage } from '../ui/gallery.page.tsx';
import { askJourney, type Stretch } from './ask-journey.command.ts';
import { DemoPage } from './demo.page.tsx';
import { clockOf, demoAccounts, demoView } from './demo.query.ts';
import { tellStories } from './tell-stories.ts';

export type DemoDeps = CommandContext & {
  accounts: Accounts;
  town(c: Context): Town;
  mailbox(): string | undefined;
  log: Log;
  /** This very service, as its own browsers reach it. */
  ownOrigin(): string;
};
const STRETCHES = ['next', 'day', 'week'] as const satisfies readonly Stretch[];

/** /demo: mounted in demo mode only; outside it these routes do not exist. Everything goes through the ordinary commands. */
export function demoRoutes(deps: DemoDeps): Hono {
  const app = new Hono();

  app.get('/demo', async (c) => {
    const town = deps.town(c);
    const view = await demoView(deps, town.id);
    if (view.journey?.state === 'asked' || view.journey?.state === 'running') c.header('Refresh', '1');
    else if (view.stories?.state === 'running') c.header('Refresh', '3');
    const unread = c.req.query('jour') !== undefined;
    return c.html(<DemoPage t={town.t} town={town.view} view={view} mailbox={deps.mailbox()} unread={unread} />);
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
    const body = await readForm(c, { one: ['stretch', 'until'], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const { stretch: posted, until } = body.fields;
    const day = posted === 'until' && typeof until === 'string' ? { until } : undefined;
    const stretch = day ?? STRETCHES.find((known) => known === posted);
    if (!stretch || !(await askJourney(deps, town.id, stretch))) return c.redirect('/demo?jour', 303);
    return c.redirect('/demo', 303);
  });

  app.post('/demo/histoires', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: [], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const mailbox = deps.mailbox();
    if (!mailbox) return problem(c, town, 503);
    await tellStories(deps, town.id, { origin: deps.ownOrigin(), mailbox });
    return c.redirect('/demo', 303);
  });

  // For programs that move the clock or follow the stories: no person and no case is named.
  app.get('/demo/etat', async (c) => {
    const { now, journey, stories } = await clockOf(deps, deps.town(c).id);
    return c.json({ now: now.toISOString(), journey: journey?.state ?? null, stories: stories ?? null });
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

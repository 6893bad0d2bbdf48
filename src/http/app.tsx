import { Hono } from 'hono';
import type { Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Accounts } from '../accounts/accounts.ts';
import { administrationRoutes } from '../accounts/administration.routes.tsx';
import { signInRoutes } from '../accounts/sign-in.routes.tsx';
import { staffSession } from '../accounts/staff-session.ts';
import type { CommandContext } from '../command-context.ts';
import { demoRoutes } from '../demo/demo.routes.tsx';
import { followRoutes } from '../follow/follow.routes.tsx';
import { helplineRoutes } from '../helplines/helplines.routes.tsx';
import { callRoutes } from '../calls/call.routes.tsx';
import { homeRoutes } from '../home/home.routes.tsx';
import { clientAddress } from '../limits/client-address.ts';
import { type Limits, openLimits } from '../limits/limits.ts';
import type { Log } from '../log.ts';
import { partnerEntryRoutes } from '../partners/partner-entry.routes.tsx';
import { attachmentRoutes } from '../staff/attachment.routes.tsx';
import { handedCodeRoutes } from '../staff/handed-code.routes.tsx';
import { absenceRoutes } from '../partners/absence.routes.tsx';
import { referralRoutes } from '../partners/referral.routes.tsx';
import { partnerOpinionRoutes } from '../evaluation/partner-opinion.routes.tsx';
import { partnerRoutes } from '../partners/partner.routes.tsx';
import { paperFormRoutes } from '../requests/paper-form.routes.ts';
import { receiptSlipRoutes } from '../requests/receipt-slip.routes.ts';
import { requestRoutes } from '../requests/request.routes.tsx';
import type { AtWork } from '../staff/staff-person.query.ts';
import { callListRoutes } from '../staff/call-list.routes.tsx';
import { caseListRoutes } from '../staff/case-list.routes.tsx';
import { observationRoutes } from '../staff/observations.routes.tsx';
import { posterRoutes } from '../staff/posters.routes.tsx';
import { placeEntryRoutes } from '../staff/place-entry.routes.tsx';
import { requestEntryRoutes } from '../staff/request-entry.routes.tsx';
import { paperOpinionRoutes } from '../staff/paper-opinion.routes.tsx';
import { paperRoutes } from '../staff/papers.routes.ts';
import { staffRoutes } from '../staff/staff.routes.tsx';
import { typedAddress } from '../ui/typed-address.ts';
import { assets } from './assets.ts';
import { postedAgain } from './form-body.ts';
import { mailboxAddress, readiness } from './health.ts';
import { knownHost } from './known-host.ts';
import { methodNotAllowed } from './method-not-allowed.ts';
import { sameOrigin } from './origin.ts';
import { ownPolicy } from './own-policy.ts';
import { problem, type ProblemStatus, problemStatus } from './problem.tsx';
import { inReadersLanguage, languageRoutes } from './language.ts';
import type { Town, TownDirectory } from './town-of-request.ts';

export type WebContext = CommandContext & {
  accounts: Accounts;
  /** Those of the table, when not given. */
  limits?: Limits;
  /** Who a request comes from, as limits count it; the other end of the connection, when not given. */
  clientAddress?: (c: Context) => string;
  towns: TownDirectory;
  log: Log;
  stateDir: string | undefined;
  demo: boolean;
  /** Cookies with __Host- and Secure: whenever the public origin is https. */
  secureCookies: boolean;
  /** Origins whose forms are accepted; known once the port is bound. */
  origins(): readonly string[];
};

/** Forms whose answers are given back when a part is down; never those of signing in, which hold secrets. */
const KEEPS_ANSWERS = /^\/(?:suivi|equipe|partenaire)(?:\/|$)/;
const NOTHING = ["'none'"];
const US = ["'self'"];

/** The web, read from top to bottom: what happens to a request, then who answers it. */
export function createApp(ctx: WebContext): Hono {
  const app = new Hono({ strict: true });
  const townOf = (c: Context): Town => {
    const town = ctx.towns.of(c);
    if (!town) throw new NoTown();
    return town;
  };

  const refused = (c: Context, status: ProblemStatus, typed?: [name: string, value: string][]) => {
    const town = ctx.towns.of(c);
    return problem(c, town && inReadersLanguage(c, town), status, typed);
  };

  app.use(ownPolicy);
  app.use(
    secureHeaders({
      referrerPolicy: 'same-origin',
      crossOriginOpenerPolicy: 'same-origin',
      crossOriginResourcePolicy: 'same-origin',
      xFrameOptions: 'DENY',
      permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
      contentSecurityPolicy: {
        defaultSrc: NOTHING,
        scriptSrc: US,
        styleSrc: US,
        imgSrc: [...US, 'data:'],
        fontSrc: US,
        connectSrc: US,
        formAction: US,
        frameAncestors: NOTHING,
        baseUri: NOTHING,
      },
    }),
  );
  app.use(async function cookieKind(c, next) {
    c.set('secureCookies', ctx.secureCookies);
    await next();
  });
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const town = ctx.towns.of(c) ?? ctx.towns.all[0];
    const state = await readiness(ctx.db, town?.id ?? '00000000-0000-0000-0000-000000000000', ctx.stateDir);
    return c.json(state, state.postgres === 'up' && town ? 200 : 503);
  });
  app.route('/', assets());

  app.use(async function neverStored(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.use(
    knownHost(
      () => [...ctx.towns.hosts, ...hostsOf(ctx)],
      (c) => refused(c, 421),
    ),
  );
  app.use(methodNotAllowed(ctx.demo, (c) => refused(c, 405)));
  app.use(sameOrigin(ctx.origins, (c) => refused(c, 403)));

  const deps = {
    ...ctx,
    limits: ctx.limits ?? openLimits(ctx),
    clientAddress: ctx.clientAddress ?? clientAddress(),
    town: townOf,
    staff: (c: Context) => staffOf(ctx, townOf(c), c),
    signInAddress: '/connexion',
    ownOrigin: (c: Context) => ownOrigin(ctx, c),
    followAddress: (c: Context) => `${ownOrigin(ctx, c)}/suivi`,
    invitationAddress: (c: Context) => typedAddress(`${ownOrigin(ctx, c)}/invitation`),
  };
  const toResidents = { ...deps, town: (c: Context) => inReadersLanguage(c, townOf(c)) };
  app.route('/', languageRoutes(ctx.origins));
  app.route('/', homeRoutes(toResidents));
  app.route('/', requestRoutes(toResidents));
  app.route('/', callRoutes(toResidents));
  app.route('/', receiptSlipRoutes(toResidents));
  app.route('/', paperFormRoutes(toResidents));
  app.route('/', followRoutes(toResidents));
  app.route('/', referralRoutes(deps));
  app.route('/', absenceRoutes(deps));
  app.route('/', partnerOpinionRoutes(deps));
  app.route('/', partnerRoutes(deps));
  app.route('/', partnerEntryRoutes(deps));
  app.route('/', signInRoutes(deps));
  app.route('/', caseListRoutes(deps));
  app.route('/', observationRoutes(deps));
  app.route('/', callListRoutes(deps));
  app.route('/', paperOpinionRoutes(deps));
  app.route('/', attachmentRoutes(deps));
  app.route('/', requestEntryRoutes(deps));
  app.route('/', placeEntryRoutes(deps));
  app.route('/', handedCodeRoutes(deps));
  app.route('/', posterRoutes(deps));
  app.route('/', staffRoutes(deps));
  app.route('/', paperRoutes(deps));
  app.route('/', administrationRoutes(deps));
  app.route('/', helplineRoutes(deps));
  if (ctx.demo)
    app.route(
      '/',
      demoRoutes({ ...deps, mailbox: () => mailboxAddress(ctx.stateDir), ownOrigin: () => ctx.origins()[0] ?? '' }),
    );

  app.notFound((c) => refused(c, 404));
  app.onError(async (error, c) => {
    const status = error instanceof NoTown ? 404 : problemStatus(error);
    if (status < 500) return refused(c, status);
    ctx.log.error('request_failed', error, { method: c.req.method, route: c.req.routePath, status });
    return refused(c, status, KEEPS_ANSWERS.test(c.req.path) ? await postedAgain(c) : []);
  });
  return app;
}

async function staffOf(ctx: WebContext, town: Town, c: Context): Promise<AtWork | undefined> {
  const session = await staffSession(ctx, town.id, c.req.raw.headers);
  return session.kind === 'person' ? session.person : undefined;
}

/** Where our pages are seen: at the host asked for when it is ours, else at the public one; never whatever a Host header says (T-24). */
function ownOrigin(ctx: WebContext, c: Context): string {
  const asked = c.req.header('host') ?? '';
  const origins = ctx.origins();
  return origins.find((origin) => new URL(origin).host === asked) ?? origins.at(-1) ?? `http://${asked}`;
}

function hostsOf(ctx: WebContext): string[] {
  return ctx.origins().map((origin) => new URL(origin).host);
}

class NoTown extends Error {
  override name = 'NoTown';
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import { addCookies } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { sayWhen, waitWords } from '../http/too-many.tsx';
import type { Town } from '../http/town-of-request.ts';
import type { Limits } from '../limits/limits.ts';
import { staffByAccount } from '../staff/staff-person.query.ts';
import type { Accounts } from './accounts.ts';
import { EnrolCodePage, EnrolPage } from './enrol.page.tsx';
import { InvitationPage } from './invitation.page.tsx';
import { noteAccess } from './note-access.command.ts';
import { CodeStepPage, SignInPage } from './sign-in.page.tsx';
import { staffSession } from './staff-session.ts';

export type SignInDeps = CommandContext & {
  accounts: Accounts;
  limits: Limits;
  clientAddress(c: Context): string;
  town(c: Context): Town;
};

/** /connexion and /invitation: password, second factor, its first setting-up, and the way in of somebody invited. */
export function signInRoutes(deps: SignInDeps): Hono {
  const app = new Hono();
  const { accounts } = deps;
  const headersOf = (c: Context) => c.req.raw.headers;

  app.get('/connexion', async (c) => {
    const { id, t, view } = deps.town(c);
    const session = await staffSession(deps, id, headersOf(c));
    if (session.kind === 'person') return c.redirect('/equipe', 303);
    if (session.kind === 'enrol') return c.redirect('/connexion/activer', 303);
    const notice = noticeOf(c, t);
    return c.html(<SignInPage t={t} town={view} {...(notice ? { notice } : {})} />);
  });

  app.post('/connexion', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['email', 'password'], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const [email, password] = [textOf(body.fields['email']).trim(), textOf(body.fields['password'])];
    const missing = faultsOf({
      email: email ? '' : town.t('accounts.signIn.email.missing'),
      password: password ? '' : town.t('accounts.signIn.password.missing'),
    });
    const again = (faults: Record<string, string>, status: 422 | 429 = 422) =>
      c.html(<SignInPage t={town.t} town={town.view} email={email} faults={faults} />, status);
    if (missing) return again(missing);
    const verdict = await deps.limits.signIn(deps.clientAddress(c), email);
    if (!verdict.within) {
      sayWhen(c, verdict);
      return again({ password: town.t('accounts.signIn.tooMany', { wait: waitWords(town.t, verdict) }) }, 429);
    }
    const answer = await accounts.signIn({ email, password, headers: headersOf(c) });
    if (answer.step === 'refused') return again({ password: town.t('accounts.signIn.refused') });
    addCookies(c, answer.setCookies);
    return c.redirect(answer.step === 'totp' ? '/connexion/code' : '/connexion/activer', 303);
  });

  app.get('/connexion/code', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<CodeStepPage t={t} town={view} />);
  });

  app.post('/connexion/code', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['code'], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const code = textOf(body.fields['code']);
    const again = (words: string) => c.html(<CodeStepPage t={town.t} town={town.view} faults={{ code: words }} />, 422);
    if (!code.trim()) return again(town.t('accounts.code.missing'));
    const answer = await accounts.verifyTotp({ code, headers: headersOf(c) });
    if (answer.ok) return enter(c, town, answer);
    addCookies(c, answer.setCookies);
    return answer.startAgain ? c.redirect('/connexion?encore', 303) : again(town.t('accounts.code.wrong'));
  });

  app.get('/connexion/activer', (c) =>
    enrolling(c, (town) => Promise.resolve(c.html(<EnrolPage t={town.t} town={town.view} />))),
  );

  app.post('/connexion/activer', (c) =>
    enrolling(c, async (town) => {
      const body = await readForm(c, { one: ['password'], many: [] });
      if (!body.ok) return problem(c, town, body.status);
      const password = textOf(body.fields['password']);
      const secret = password ? await accounts.beginTotp({ headers: headersOf(c), password }) : undefined;
      if (secret) return c.html(<EnrolCodePage t={town.t} town={town.view} secret={secret} />);
      const words = town.t(password ? 'accounts.enrol.password.wrong' : 'accounts.signIn.password.missing');
      return c.html(<EnrolPage t={town.t} town={town.view} faults={{ password: words }} />, 422);
    }),
  );

  app.post('/connexion/activer/code', (c) =>
    enrolling(c, async (town) => {
      const body = await readForm(c, { one: ['code'], many: [] });
      if (!body.ok) return problem(c, town, body.status);
      const code = textOf(body.fields['code']);
      const answer = code.trim() ? await accounts.confirmTotp({ code, headers: headersOf(c) }) : undefined;
      if (answer?.ok) return enter(c, town, answer, true);
      const words = town.t(answer ? 'accounts.code.wrong' : 'accounts.code.missing');
      return c.html(<EnrolCodePage t={town.t} town={town.view} faults={{ code: words }} />, 422);
    }),
  );

  app.get('/invitation', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<InvitationPage t={t} town={view} />);
  });

  app.post('/invitation', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['token', 'password'], many: [] });
    if (!body.ok) return problem(c, town, body.status);
    const [token, password] = [textOf(body.fields['token']).trim(), textOf(body.fields['password'])];
    const again = (faults: Record<string, string>) =>
      c.html(<InvitationPage t={town.t} town={town.view} token={token} faults={faults} />, 422);
    if (!token) return again({ token: town.t('accounts.invitation.token.missing') });
    const answer = await accounts.acceptInvitation({ token, password });
    if (answer.ok) return c.redirect('/connexion?choisi', 303);
    return answer.reason === 'no_invitation'
      ? again({ token: town.t('accounts.invitation.token.wrong') })
      : again({ password: town.t(`accounts.invitation.password.${answer.reason}`) });
  });

  app.post('/equipe/sortir', async (c) => {
    const { setCookies } = await accounts.signOut(headersOf(c));
    addCookies(c, setCookies);
    c.header('Clear-Site-Data', '"cache", "storage"');
    return c.redirect('/connexion', 303);
  });

  /** Only for a session that has shown a password and no second factor yet. */
  async function enrolling(c: Context, run: (town: Town) => Promise<Response> | Response): Promise<Response> {
    const town = deps.town(c);
    const session = await staffSession(deps, town.id, headersOf(c));
    if (session.kind === 'enrol') return run(town);
    return c.redirect(session.kind === 'person' ? '/equipe' : '/connexion', 303);
  }

  /** An account without an active person of this town opens nothing, whatever it proved (B-52): the browser gets no cookie. */
  async function enter(
    c: Context,
    town: Town,
    proven: { authUserId: string; setCookies: string[] },
    enrolled = false,
  ): Promise<Response> {
    const person = await staffByAccount(deps, town.id, proven.authUserId);
    if (!person) return c.redirect('/connexion?encore', 303);
    if (enrolled) await noteAccess(deps, person, 'second_factor_on');
    await noteAccess(deps, person, 'signed_in');
    addCookies(c, proven.setCookies);
    return c.redirect('/equipe', 303);
  }
  return app;
}

function noticeOf(c: Context, t: Town['t']): { kind: 'done' | 'changed'; text: string } | undefined {
  if (c.req.query('choisi') !== undefined) return { kind: 'done', text: t('accounts.invitation.done') };
  if (c.req.query('encore') !== undefined) return { kind: 'changed', text: t('accounts.signIn.again') };
  return undefined;
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}

function faultsOf(words: Record<string, string>): Record<string, string> | undefined {
  const wrong = Object.entries(words).filter(([, text]) => text !== '');
  return wrong.length > 0 ? Object.fromEntries(wrong) : undefined;
}

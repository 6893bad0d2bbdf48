import { Hono } from 'hono';
import type { Context } from 'hono';
import { isActive } from '../cases/case-status.ts';
import { withdrawByRequester } from '../cases/withdraw.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { type FormBody, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { tooMany } from '../http/too-many.tsx';
import type { Town } from '../http/town-of-request.ts';
import { clientAddress } from '../limits/client-address.ts';
import { type Limits, openLimits, type Verdict } from '../limits/limits.ts';
import type { Log } from '../log.ts';
import { normaliseCode } from '../privacy/case-code.ts';
import { cleanBlock, lengthOf } from '../privacy/clean-text.ts';
import { CodePage, FollowPage, MESSAGE_LIMIT, StopPage } from './follow.page.tsx';
import { followView } from './follow.query.ts';
import { caseOfSession, closeFollowSessions, openFollowSession } from './open-session.command.ts';
import { sendMessage } from './send-message.command.ts';

export type FollowDeps = CommandContext & {
  town(c: Context): Town;
  log: Log;
  /** Those of the table, when not given. */
  limits?: Limits;
  /** The other end of the connection, when not given. */
  clientAddress?: (c: Context) => string;
};

/** /suivi: following, answering and stopping with a typed code. */
export function followRoutes(deps: FollowDeps): Hono {
  const app = new Hono();
  const limits = deps.limits ?? openLimits(deps);
  const addressOf = deps.clientAddress ?? clientAddress();

  app.get('/suivi', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<CodePage t={t} town={view} />);
  });

  app.post('/suivi', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['code', 'message'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const [typed, message] = [textOf(body, 'code').trim(), textOf(body, 'message')];
    const code = body.ok ? normaliseCode(typed) : undefined;
    const attempt = code ? await takeAttempt(c, code) : undefined;
    if (attempt && !attempt.within) return tooMany(c, town, attempt);
    const token = code ? await openFollowSession(deps, town.id, code) : undefined;
    if (!token) {
      const error = town.t(!body.ok ? 'follow.unread' : typed ? 'follow.code.error' : 'follow.code.missing');
      return c.html(<CodePage t={town.t} town={town.view} error={error} typed={typed} message={message} />, 422);
    }
    await limits.giveBack('code_by_address', addressOf(c));
    writeCookie(c, 'suivi', token);
    const caseId = message ? await caseOfSession(deps, town.id, token) : undefined;
    if (!caseId) return c.redirect('/suivi/demande', 303);
    return show(c, caseId, { error: town.t('follow.write.unsent'), typed: message });
  });

  /** A typing mistake costs nothing, the check symbol shows it; a right code gives its attempt back (C-1, T-18, B-44). */
  async function takeAttempt(c: Context, code: string): Promise<Verdict> {
    const byAddress = await limits.take('code_by_address', addressOf(c));
    return byAddress.within ? limits.take('code_by_code', code) : byAddress;
  }

  app.get('/suivi/demande', (c) => withCase(c, (caseId) => show(c, caseId, {})));

  app.post('/suivi/message', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['message'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const typed = textOf(body, 'message');
    return withCase(
      c,
      async (caseId) => {
        const text = cleanBlock(typed);
        if (!body.ok) return show(c, caseId, { error: town.t('follow.unread'), typed });
        if (!text) return show(c, caseId, { error: town.t('follow.write.missing'), typed });
        if (lengthOf(text) > MESSAGE_LIMIT) return show(c, caseId, { error: town.t('follow.write.long'), typed });
        try {
          await sendMessage(deps, { townId: town.id, caseId }, text);
        } catch (error) {
          // The request ended while the person was writing.
          if (!(error instanceof DomainError) || error.code !== 'not_allowed_now') throw error;
          const words = town.t('follow.write.ended', { phone: town.view.phone });
          return show(c, caseId, { error: words, typed, status: 409 });
        }
        return c.redirect('/suivi/demande?envoye', 303);
      },
      typed,
    );
  });

  app.get('/suivi/arreter', (c) =>
    withCase(c, async () => {
      const { t, view } = deps.town(c);
      return c.html(<StopPage t={t} town={view} />);
    }),
  );

  app.post('/suivi/arreter', (c) =>
    withCase(c, async (caseId) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['choice'], many: [] });
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const choice = body.ok ? body.fields['choice'] : undefined;
      if (choice === 'go_on') return c.redirect('/suivi/demande', 303);
      if (choice !== 'stop')
        return c.html(<StopPage t={town.t} town={town.view} error={town.t('follow.stop.missing')} />, 422);
      try {
        await withdrawByRequester(deps, { townId: town.id, caseId });
      } catch (error) {
        // Already stopped, by a double click or by the team: what was wanted is so.
        if (!(error instanceof DomainError) || error.code !== 'not_allowed_now') throw error;
      }
      return c.redirect('/suivi/demande?arretee', 303);
    }),
  );

  app.post('/suivi/fermer', (c) =>
    withCase(c, async (caseId) => {
      await closeFollowSessions(deps, deps.town(c).id, caseId);
      dropCookie(c, 'suivi');
      c.header('Clear-Site-Data', '"cache", "storage"');
      return c.redirect('/', 303);
    }),
  );

  /** Without a session the code is asked for again; a message that was being sent waits in that page. */
  async function withCase(c: Context, run: (caseId: string) => Promise<Response>, message?: string): Promise<Response> {
    const { id, t, view } = deps.town(c);
    const caseId = await caseOfSession(deps, id, readCookie(c, 'suivi'));
    if (!caseId) return c.html(<CodePage t={t} town={view} notice={t('follow.expired')} message={message} />, 403);
    return run(caseId);
  }

  async function show(
    c: Context,
    caseId: string,
    wrong: { error?: string; typed?: string; status?: 409 },
  ): Promise<Response> {
    const { id, t, view: town } = deps.town(c);
    const view = await followView(deps, id, caseId);
    return c.html(
      <FollowPage
        t={t}
        town={town}
        view={view}
        active={isActive(view.state)}
        error={wrong.error}
        typed={wrong.typed}
        sent={c.req.query('envoye') !== undefined}
        stopped={c.req.query('arretee') !== undefined}
      />,
      wrong.error ? (wrong.status ?? 422) : 200,
    );
  }
  return app;
}

function textOf(body: FormBody, name: string): string {
  const value = 'fields' in body ? body.fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { dropCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem, problemStatus } from '../http/problem.tsx';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import type { Verdict } from '../limits/limits.ts';
import { openPartySession, partyOfSession } from '../parties/party-session.command.ts';
import { showUnsent } from '../parties/show-space.tsx';
import { SPACE } from '../parties/space-address.ts';
import { normaliseCode } from '../privacy/case-code.ts';
import { CodePage } from './code.page.tsx';
import { type FollowDeps, textOf } from './follow-deps.ts';
import { caseOfSession, openFollowSession } from './open-session.command.ts';
import { showFollow } from './show-follow.tsx';

/** What was typed, and a message that waited behind the code. */
type Typed = { typed: string; message: string };

/** /suivi: a code is typed, of either side; what it opens is a page of half an hour. */
export function codeRoutes(deps: FollowDeps): Hono {
  const app = new Hono();
  const { limits } = deps;

  app.get('/suivi', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<CodePage t={t} town={view} />);
  });

  app.post('/suivi', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['code', 'message'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const kept = { typed: textOf(body, 'code').trim(), message: textOf(body, 'message') };
    const again = (said: { error?: string; notice?: string; danger?: boolean }, status: 200 | 422 | 429 | 503) =>
      c.html(<CodePage t={town.t} town={town.view} {...kept} {...said} />, status);
    if (body.ok && body.language) return c.html(<CodePage t={deps.town(c).t} town={deps.town(c).view} {...kept} />);
    const code = body.ok ? normaliseCode(kept.typed) : undefined;
    const attempt = code ? await takeAttempt(c, code) : undefined;
    if (attempt && !attempt.within) {
      sayWhen(c, attempt);
      return again({ notice: waitNotice(town, attempt), danger: true }, 429);
    }
    try {
      const opened = code ? await open(c, code, kept) : undefined;
      const wrong = !body.ok ? 'follow.unread' : kept.typed ? 'follow.code.error' : 'follow.code.missing';
      return opened ?? again({ error: town.t(wrong) }, 422);
    } catch (error) {
      if (problemStatus(error) !== 503) throw error;
      // What waits behind the code waits on (F-07).
      deps.log.error('code_not_looked_up', error);
      c.header('Retry-After', '30');
      return again({ notice: town.t('problem.503.text', { phone: town.view.phone }), danger: true }, 503);
    }
  });

  /** A typing mistake costs nothing, the check symbol shows it; a right code gives its attempt back (C-1, T-18, B-44). */
  async function takeAttempt(c: Context, code: string): Promise<Verdict> {
    const byAddress = await limits.take('code_by_address', deps.clientAddress(c));
    return byAddress.within ? limits.take('code_by_code', code) : byAddress;
  }

  /** The page the code opens; undefined for a code that opens none. One page at a time in one browser: whoever types a code next reads nothing of who was there before. */
  async function open(c: Context, code: string, kept: Typed): Promise<Response | undefined> {
    const { id, t } = deps.town(c);
    const requesters = await openFollowSession(deps, id, code);
    const token = requesters ?? (await openPartySession(deps, id, code, t.locale));
    if (!token) return undefined;
    await limits.giveBack('code_by_address', deps.clientAddress(c));
    dropCookie(c, requesters ? 'participation' : 'suivi');
    dropCookie(c, 'remplacer');
    writeCookie(c, requesters ? 'suivi' : 'participation', token);
    return requesters ? toRequester(c, token, kept) : toParty(c, token, kept);
  }

  async function toRequester(c: Context, token: string, { message }: Typed): Promise<Response> {
    const { id, t } = deps.town(c);
    const caseId = message ? await caseOfSession(deps, id, token) : undefined;
    if (!caseId) return c.redirect('/suivi/demande', 303);
    return showFollow(deps, c, caseId, { error: t('follow.write.unsent'), typed: message }, 422);
  }

  async function toParty(c: Context, token: string, { message }: Typed): Promise<Response> {
    const seat = message ? await partyOfSession(deps, deps.town(c).id, token) : undefined;
    return seat ? showUnsent(deps, c, seat, message) : c.redirect(SPACE, 303);
  }
  return app;
}

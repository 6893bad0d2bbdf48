import { Hono } from 'hono';
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import { SPACE } from '../parties/space-address.ts';
import { normaliseShortCode } from '../privacy/short-code.ts';
import { askShortCode } from './ask-short-code.command.ts';
import { type FollowDeps, textOf } from './follow-deps.ts';
import { LostCodePage, ShortCodePage } from './lost-code.page.tsx';
import { readLostCode } from './lost-code.form.ts';
import { openReplacePermit } from './replace-permit.command.ts';
import { newToken } from './token.ts';

/**
 * /suivi/code-perdu and /suivi/code-court: number and address on file, a short code by mail, and with it the page that replaces the
 * code, for either side. Nothing on the way says whether number and address belong together (no oracle, P-20).
 */
export function lostCodeRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/suivi/code-perdu', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<LostCodePage t={t} town={view} />);
  });

  app.post('/suivi/code-perdu', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['number', 'email'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const typed = { number: textOf(body, 'number'), email: textOf(body, 'email') };
    if (body.ok && body.language) {
      const { t, view } = deps.town(c);
      return c.html(<LostCodePage t={t} town={view} typed={typed} />);
    }
    const read = readLostCode(typed);
    if (!body.ok || !read.ok) {
      const wrong = read.ok ? (['number'] as const) : read.wrong;
      const errors = Object.fromEntries(wrong.map((name) => [name, town.t(`follow.lost.${name}.error`)]));
      return c.html(<LostCodePage t={town.t} town={town.view} typed={typed} errors={errors} />, 422);
    }
    const verdict = await deps.limits.take('lost_code_by_address', deps.clientAddress(c));
    if (!verdict.within) {
      sayWhen(c, verdict);
      const notice = waitNotice(town, verdict);
      return c.html(<LostCodePage t={town.t} town={town.view} typed={typed} notice={notice} />, 429);
    }
    const browser = newToken();
    writeCookie(c, 'perdu', browser);
    // Not waited for: the time of the answer must not tell a pair that fits from one that does not (T-19).
    askShortCode(deps, town.id, read.value, browser).catch((error: unknown) =>
      deps.log.error('short_code_not_asked', error),
    );
    return c.redirect('/suivi/code-court', 303);
  });

  app.get('/suivi/code-court', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<ShortCodePage t={t} town={view} />);
  });

  app.post('/suivi/code-court', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['code'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const typed = body.ok ? textOf(body, 'code').trim() : '';
    if (body.ok && body.language) {
      const { t, view } = deps.town(c);
      return c.html(<ShortCodePage t={t} town={view} typed={typed} />);
    }
    const again = (error: string) =>
      c.html(<ShortCodePage t={town.t} town={town.view} typed={typed} error={error} />, 422);
    if (!typed) return again(town.t('follow.short.missing'));
    const code = normaliseShortCode(typed);
    if (!code) return again(town.t('follow.short.error'));
    const verdict = await deps.limits.take('short_code_by_address', deps.clientAddress(c));
    if (!verdict.within) {
      sayWhen(c, verdict);
      return c.html(
        <ShortCodePage t={town.t} town={town.view} typed={typed} notice={waitNotice(town, verdict)} />,
        429,
      );
    }
    const permit = await openReplacePermit(deps, town.id, readCookie(c, 'perdu'), code);
    if (!permit) return again(town.t('follow.short.error'));
    dropCookie(c, 'perdu');
    // One request at a time in one browser: what is replaced next is the one just proven.
    dropCookie(c, 'suivi');
    dropCookie(c, 'participation');
    writeCookie(c, 'remplacer', permit.token);
    return c.redirect(permit.of === 'party' ? `${SPACE}/remplacer` : '/suivi/remplacer', 303);
  });
  return app;
}

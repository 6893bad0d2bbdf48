import type { Context } from 'hono';
import { CodePage } from './code.page.tsx';
import type { FollowDeps } from './follow-deps.ts';

/** What a code opened has ended: the code is asked for again. @param message what was being sent waits in that page. */
export async function codeAgain(deps: Pick<FollowDeps, 'town'>, c: Context, message?: string): Promise<Response> {
  const { t, view } = deps.town(c);
  return c.html(<CodePage t={t} town={view} notice={t('follow.expired')} message={message} />, 403);
}

import type { Context } from 'hono';
import { readCookie } from '../http/cookies.ts';
import { CodePage } from './code.page.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { caseOfSession } from './open-session.command.ts';

/** Without a session the code is asked for again; a message that was being sent waits in that page. */
export async function withCase(
  deps: FollowDeps,
  c: Context,
  run: (caseId: string) => Promise<Response>,
  message?: string,
): Promise<Response> {
  const { id, t, view } = deps.town(c);
  const caseId = await caseOfSession(deps, id, readCookie(c, 'suivi'));
  if (!caseId) return c.html(<CodePage t={t} town={view} notice={t('follow.expired')} message={message} />, 403);
  return run(caseId);
}

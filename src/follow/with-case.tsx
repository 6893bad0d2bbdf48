import type { Context } from 'hono';
import { readCookie } from '../http/cookies.ts';
import { codeAgain } from './code-again.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { caseOfSession } from './open-session.command.ts';

/** Without a session the code is asked for again; a message that was being sent waits in that page. */
export async function withCase(
  deps: FollowDeps,
  c: Context,
  run: (caseId: string) => Promise<Response>,
  message?: string,
): Promise<Response> {
  const caseId = await caseOfSession(deps, deps.town(c).id, readCookie(c, 'suivi'));
  return caseId ? run(caseId) : codeAgain(deps, c, message);
}

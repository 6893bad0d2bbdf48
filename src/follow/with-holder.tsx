import type { Context } from 'hono';
import { readCookie } from '../http/cookies.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { partyOfSession } from '../parties/party-session.command.ts';
import { codeAgain } from './code-again.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { caseOfSession } from './open-session.command.ts';

/** For pages both sides share: whoever's own page is open in this browser; without one the code is asked for again. */
export async function withHolder(
  deps: FollowDeps,
  c: Context,
  run: (holder: CodeHolder) => Promise<Response>,
): Promise<Response> {
  const { id: townId } = deps.town(c);
  const caseId = await caseOfSession(deps, townId, readCookie(c, 'suivi'));
  if (caseId) return run({ townId, caseId });
  const seat = await partyOfSession(deps, townId, readCookie(c, 'participation'));
  return seat ? run({ townId, ...seat }) : codeAgain(deps, c);
}

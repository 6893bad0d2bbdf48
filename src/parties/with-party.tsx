import type { Context } from 'hono';
import { codeAgain } from '../follow/code-again.tsx';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { readCookie } from '../http/cookies.ts';
import { type PartySeat, partyOfSession } from './party-session.command.ts';

/** Without a session the code is asked for again; a message that was being sent waits in that page. */
export async function withParty(
  deps: FollowDeps,
  c: Context,
  run: (seat: PartySeat) => Promise<Response>,
  message?: string,
): Promise<Response> {
  const seat = await partyOfSession(deps, deps.town(c).id, readCookie(c, 'participation'));
  return seat ? run(seat) : codeAgain(deps, c, message);
}

import type { Context } from 'hono';
import { CodePage } from '../follow/code.page.tsx';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { readCookie } from '../http/cookies.ts';
import { type PartySeat, partyOfSession } from './party-session.command.ts';

/** Without a session the code is asked for again. */
export async function withParty(
  deps: FollowDeps,
  c: Context,
  run: (seat: PartySeat) => Promise<Response>,
): Promise<Response> {
  const { id, t, view } = deps.town(c);
  const seat = await partyOfSession(deps, id, readCookie(c, 'participation'));
  if (!seat) return c.html(<CodePage t={t} town={view} notice={t('follow.expired')} />, 403);
  return run(seat);
}

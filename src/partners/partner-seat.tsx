import type { Context } from 'hono';
import type { PartnerDeps } from '../follow/follow-deps.ts';
import { readCookie } from '../http/cookies.ts';
import { type PartnerSeat, partnerOfSession } from './partner-session.command.ts';
import { PartnerIntroPage } from './pointer.page.tsx';

/** Who sits at this browser for a partner organisation, if anybody. */
export async function seatOf(deps: PartnerDeps, c: Context): Promise<PartnerSeat | undefined> {
  return partnerOfSession(deps, deps.town(c).id, readCookie(c, 'partenaire'));
}

/** Without a session: the mail is the way in; what was typed is given back. */
export async function withSeat(
  deps: PartnerDeps,
  c: Context,
  run: (seat: PartnerSeat) => Promise<Response>,
  written?: string,
): Promise<Response> {
  const seat = await seatOf(deps, c);
  if (seat) return run(seat);
  const { t, view } = deps.town(c);
  return c.html(
    <PartnerIntroPage
      t={t}
      town={view}
      notice={t(written?.trim() ? 'partners.expired.kept' : 'partners.expired')}
      written={written}
    />,
    403,
  );
}

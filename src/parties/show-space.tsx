import type { Context } from 'hono';
import { opensAt } from '../follow/danger-door.tsx';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { deedOf } from '../follow/own-deed.tsx';
import { holderAgreement } from './holder-agreement.query.ts';
import { PartyPage, type SpaceProps } from './party.page.tsx';
import type { PartySeat } from './party-session.command.ts';
import { partySpace } from './party-view.query.ts';

/** The other party's own space. @param said what its forms answer. */
export async function showSpace(
  deps: FollowDeps,
  c: Context,
  seat: PartySeat,
  said: Omit<Partial<SpaceProps>, 't' | 'town' | 'space'>,
  status: 200 | 409 | 422 | 429 = 200,
): Promise<Response> {
  const { id, t, view } = deps.town(c);
  const space = await partySpace(deps, id, seat);
  const danger = c.req.query('danger') === undefined ? undefined : { opensAt: await opensAt(deps, id, space.now) };
  const form = said.form ?? crypto.randomUUID();
  return c.html(
    <PartyPage t={t} town={view} space={space} danger={danger} deed={deedOf(c)} {...said} form={form} />,
    status,
  );
}

/** The same with the message that waited behind the code: it is read again and sent, or kept in sight where nothing can be sent any more. */
export async function showUnsent(deps: FollowDeps, c: Context, seat: PartySeat, message: string): Promise<Response> {
  const { id, t, view } = deps.town(c);
  const { agreement } = await holderAgreement(deps, { townId: id, ...seat });
  const messageError = agreement.ended ? t('follow.write.gone', { phone: view.phone }) : t('follow.write.unsent');
  return showSpace(deps, c, seat, { messageError, typed: message }, 422);
}

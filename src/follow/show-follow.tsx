import type { Context } from 'hono';
import { isActive, isOpenToPerson } from '../cases/case-status.ts';
import type { MessageAgain } from '../parties/message-written.ts';
import { opensAt } from './danger-door.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { FollowPage } from './follow.page.tsx';
import { followView } from './follow.query.ts';
import { deedOf } from './own-deed.tsx';

/** The requester's own page. @param again what the form of messages shows again. */
export async function showFollow(
  deps: FollowDeps,
  c: Context,
  caseId: string,
  again: Partial<MessageAgain>,
  status: 200 | 409 | 422 | 429 = 200,
): Promise<Response> {
  const { id, t, view: town } = deps.town(c);
  const view = await followView(deps, id, caseId);
  return c.html(
    <FollowPage
      t={t}
      town={town}
      view={view}
      active={isActive(view.state)}
      open={isOpenToPerson(view.state)}
      {...again}
      form={again.form ?? crypto.randomUUID()}
      deed={deedOf(c)}
      danger={c.req.query('danger') === undefined ? undefined : { opensAt: await opensAt(deps, id, view.now) }}
    />,
    status,
  );
}

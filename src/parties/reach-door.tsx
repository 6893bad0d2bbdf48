import type { Context } from 'hono';
import { DomainError } from '../errors.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { type Answers, formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import { changeReachByCode } from './change-reach.command.ts';
import type { CodeHolder } from './code-holder.ts';
import { ownReach } from './own-reach.query.ts';
import { REACH_FORM, type ReachFaults, readReach } from './reach.form.ts';
import { ReachPage } from './reach.page.tsx';

/** Where « Comment me joindre » is opened from, and who opened it: the requester's page, or the other party's. */
export type ReachDoor = { action: string; back: string; holder: CodeHolder };

/** The page. Opening it changes nothing. */
export async function showReach(
  deps: FollowDeps,
  c: Context,
  door: ReachDoor,
  said: { answers?: Answers; errors?: ReachFaults; notice?: string; status?: 409 | 422 | 429 } = {},
): Promise<Response> {
  const { t, view } = deps.town(c);
  return c.html(
    <ReachPage
      t={t}
      town={view}
      action={door.action}
      back={door.back}
      reach={await ownReach(deps, door.holder)}
      form={formId(said.answers ?? {}).form ?? crypto.randomUUID()}
      answers={said.answers}
      errors={said.errors ?? {}}
      notice={said.notice}
    />,
    said.status ?? 200,
  );
}

/** What was sent from it. A second click is answered like the first. */
export async function sendReach(deps: FollowDeps, c: Context, door: ReachDoor): Promise<Response> {
  const town = deps.town(c);
  const body = await readForm(c, REACH_FORM);
  if (!body.ok && body.status !== 422) return problem(c, town, body.status);
  const answers = body.fields;
  if (!body.ok) return showReach(deps, c, door, { answers, notice: town.t('follow.unread'), status: 422 });
  if (body.language) return showReach(deps, c, door, { answers });
  const read = readReach(answers, await ownReach(deps, door.holder));
  if (!read.ok) return showReach(deps, c, door, { answers, errors: read.errors, status: 422 });
  const from = deps.clientAddress(c);
  const budget = await deps.limits.take('message', from);
  if (!budget.within) {
    sayWhen(c, budget);
    return showReach(deps, c, door, { answers, notice: waitNotice(town, budget), status: 429 });
  }
  try {
    await changeReachByCode(deps, { ...door.holder, ...formId(answers) }, read.value);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
    if (error.code !== 'already_done') {
      const notice = town.t('follow.write.ended', { phone: town.view.phone });
      return showReach(deps, c, door, { answers, notice, status: 409 });
    }
    await deps.limits.giveBack('message', from);
  }
  return c.redirect(`${door.back}?joindre`, 303);
}

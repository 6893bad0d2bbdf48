import type { Context } from 'hono';
import { isOpen, nextOpening } from '../calendar/town-calendar.ts';
import { IN_DANGER, type InDanger } from '../cases/danger.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { DangerPage } from './danger.page.tsx';
import type { DangerReader } from './danger-reader.query.ts';
import { type FollowDeps, textOf } from './follow-deps.ts';

/** Where somebody says that there is danger: the requester's page, the other party's, a partner's. */
export type DangerDoor = {
  action: string;
  /** The page it was opened from, shown again afterwards. */
  back: string;
  /** Whether messages to this very reader are held afterwards. */
  held: boolean;
  /** A partner's: partners read French. */
  french?: true;
  /** Read only to show the page. @throws DomainError not_found when there is no such page. */
  reader(): Promise<DangerReader>;
  /** `family`: somebody of the family or the partner is feared. */
  raise(who: InDanger, form: { form?: string }, family: boolean): Promise<void>;
};

/** When the team opens next; none while it is open. */
export async function opensAt(deps: CommandContext, townId: string, now: Date): Promise<Date | undefined> {
  const { calendar } = await deps.policies.of(townId);
  return isOpen(calendar, now) ? undefined : nextOpening(calendar, now);
}

/** The page: whom to call, then the two buttons that tell the team. Opening it changes nothing. */
export async function showDanger(
  deps: FollowDeps,
  c: Context,
  door: DangerDoor,
  said: { notice?: string; status?: 409 | 422; family?: boolean; form?: string } = {},
): Promise<Response> {
  const { id, t, view } = deps.town(c);
  const { minor, now } = await door.reader();
  return c.html(
    <DangerPage
      t={t}
      town={view}
      {...door}
      minor={minor}
      form={said.form ?? crypto.randomUUID()}
      opensAt={await opensAt(deps, id, now)}
      notice={said.notice}
      family={said.family}
    />,
    said.status ?? 200,
  );
}

/** T2 from such a page (R85). A second click is answered like the first. */
export async function sayDanger(deps: FollowDeps, c: Context, door: DangerDoor): Promise<Response> {
  const town = deps.town(c);
  const body = await readForm(c, { one: ['who', 'family', 'form'], many: [] });
  if (!body.ok && body.status !== 422) return problem(c, town, body.status);
  const who = IN_DANGER.find((known) => known === textOf(body, 'who'));
  const kept = { family: textOf(body, 'family') === 'yes', ...formId(body.fields) };
  if (body.ok && body.language) return showDanger(deps, c, door, kept);
  if (!body.ok || !who)
    return showDanger(deps, c, door, { ...kept, notice: town.t('follow.danger.missing'), status: 422 });
  try {
    await door.raise(who, formId(body.fields), kept.family);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
    if (error.code !== 'already_done') {
      const notice = town.t('follow.danger.ended', { phone: town.view.phone });
      return showDanger(deps, c, door, { ...kept, notice, status: 409 });
    }
  }
  return c.redirect(`${door.back}?danger`, 303);
}

import type { Context } from 'hono';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { ConfirmPage } from './confirm.page.tsx';
import { type FollowDeps, textOf } from './follow-deps.ts';

/** By which page the e-mail address is taken back: whose it is, where its own page is, and what takes it back. */
export type EmailDoor = { about: 'email' | 'party_email'; back: string; remove: () => Promise<void> };

/** The question whether the address is taken back; opening it changes nothing. */
export async function askRemoval(
  deps: FollowDeps,
  c: Context,
  { about }: Pick<EmailDoor, 'about'>,
  said: { error?: string; chosen?: string } = {},
): Promise<Response> {
  const { t, view } = deps.town(c);
  return c.html(<ConfirmPage t={t} town={view} about={about} {...said} />, said.error ? 422 : 200);
}

/** The answer to it (C-3, R98): kept, or taken back. */
export async function emailTakenBack(deps: FollowDeps, c: Context, door: EmailDoor): Promise<Response> {
  const town = deps.town(c);
  const body = await readForm(c, { one: ['choice'], many: [] });
  if (!body.ok && body.status !== 422) return problem(c, town, body.status);
  const choice = body.ok ? textOf(body, 'choice') : '';
  if (body.ok && body.language) return askRemoval(deps, c, door, { chosen: choice });
  if (choice === 'keep') return c.redirect(door.back, 303);
  if (choice !== 'remove') return askRemoval(deps, c, door, { error: town.t('follow.email.missing') });
  await door.remove();
  return c.redirect(`${door.back}?enlevee`, 303);
}

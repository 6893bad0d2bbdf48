import type { Context } from 'hono';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { problemStatus } from '../http/problem.tsx';
import { type Over, sayWhen, waitWords } from '../http/too-many.tsx';
import type { Draft } from '../privacy/draft-seal.ts';
import { DRAFT_NOTES } from './draft-answers.ts';

/** What a form becomes where it is sent: a request, or a place pointed out without a name. */
export type Door<Receipt> = {
  /** What the same form gave before; asked for once the limit is spent. */
  before(): Promise<Receipt | undefined>;
  accept(): Promise<Receipt>;
  answer(receipt: Receipt): Response;
};
/** Shows the form again, whole, with what to do now. */
export type ShowAgain = (status: 429 | 500 | 503, notice: string) => Response | Promise<Response>;

/**
 * Sends a form through its door: within the budget of whoever sends, danger apart; nothing typed is lost when that is spent, or when
 * something is down. The same form again costs nothing (F-12, F-13).
 */
export async function sendForm<Receipt extends { repeated: boolean }>(
  deps: FollowDeps,
  c: Context,
  draft: Draft,
  door: Door<Receipt>,
  again: ShowAgain,
): Promise<Response> {
  const { t, view } = deps.town(c);
  const verdict = await deps.limits.take(budgetOf(draft), deps.clientAddress(c));
  try {
    const before = verdict.within ? undefined : await door.before();
    if (before) return door.answer(before);
    if (!verdict.within) return await again(429, overWords(deps, c, draft, verdict));
    const receipt = await door.accept();
    if (receipt.repeated) await deps.limits.giveBack(budgetOf(draft), deps.clientAddress(c));
    return door.answer(receipt);
  } catch (error) {
    deps.log.error('request_not_accepted', error);
    c.header('Retry-After', '30');
    const notice = t('request.unavailable.text', { phone: view.phone });
    return again(problemStatus(error) === 503 ? 503 : 500, notice);
  }
}

/** How long to wait, and whom to call; somebody in danger is told that first. */
function overWords(deps: FollowDeps, c: Context, draft: Draft, over: Over): string {
  const { t, view } = deps.town(c);
  sayWhen(c, over);
  const danger = isInDanger(draft) ? [t('request.tooMany.danger')] : [];
  return [...danger, t('request.tooMany', { wait: waitWords(t, over), phone: view.phone })].join(' ');
}

export function isInDanger(draft: Draft): boolean {
  return draft.answers['danger'] === 'yes' || draft.answers['family'] === 'yes';
}

/** By the code of a poster, or not. */
export function channelOf(draft: Draft): 'qr' | 'web' {
  return draft.answers[DRAFT_NOTES.poster] ? 'qr' : 'web';
}

/** A flood of ordinary requests never stops one in danger (§4.11: the danger screen blocks nothing). */
function budgetOf(draft: Draft): 'request' | 'request_in_danger' {
  return isInDanger(draft) ? 'request_in_danger' : 'request';
}

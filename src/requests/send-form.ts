import type { Context } from 'hono';
import type { FollowDeps } from '../follow/follow-deps.ts';
import type { Answers } from '../http/form-body.ts';
import { problemStatus } from '../http/problem.tsx';
import { type Over, sayWhen, waitWords } from '../http/too-many.tsx';
import type { LimitName } from '../limits/limit-table.ts';
import type { Draft } from '../privacy/draft-seal.ts';
import { DRAFT_NOTES } from './draft-answers.ts';
import { challengeOf, solves } from './proof-of-work.ts';

/** What a form becomes where it is sent: a request, or a place pointed out without a name. */
export type Door<Receipt> = {
  /** What the same form gave before; asked for once the limit is spent. */
  before(): Promise<Receipt | undefined>;
  accept(doubtful: boolean): Promise<Receipt>;
  answer(receipt: Receipt): Response;
};
/** What came with a form besides its answers. */
export type Sent = { doubtful: boolean; proof: unknown };
/** Shows the form again, whole, with what to do now; with `challenge`, a device may work for this one form instead of waiting. */
export type ShowAgain = (
  status: 429 | 500 | 503,
  said: { notice: string; challenge?: string },
) => Response | Promise<Response>;
/** `spent`: the budget it took from, given back when it was no new request; none for somebody in danger beyond it. */
type Within = { within: true; spent: LimitName | undefined };

/**
 * Sends a form through its door: within the budget of whoever sends, danger apart; nothing typed is lost when that is spent, or when
 * something is down. The same form again costs nothing (F-12, F-13).
 */
export async function sendForm<Receipt extends { repeated: boolean }>(
  deps: FollowDeps,
  c: Context,
  draft: Draft,
  { doubtful, proof }: Sent,
  door: Door<Receipt>,
  again: ShowAgain,
): Promise<Response> {
  const { t, view } = deps.town(c);
  const verdict = await withinBudget(deps, c, draft, proof);
  try {
    const before = verdict.within ? undefined : await door.before();
    if (before) return door.answer(before);
    if (!verdict.within) return await again(429, overBudget(deps, c, draft, verdict));
    const receipt = await door.accept(doubtful || verdict.spent === undefined);
    if (receipt.repeated && verdict.spent) await deps.limits.giveBack(verdict.spent, deps.clientAddress(c));
    return door.answer(receipt);
  } catch (error) {
    deps.log.error('request_not_accepted', error);
    c.header('Retry-After', '30');
    const notice = t('request.unavailable.text', { phone: view.phone });
    return again(problemStatus(error) === 503 ? 503 : 500, { notice });
  }
}

/** Somebody in danger is never sent away (spec §4.11); a source over its budget may show that a device worked for this one form. */
async function withinBudget(
  deps: FollowDeps,
  c: Context,
  draft: Draft,
  proof: unknown,
): Promise<Within | (Over & { within: false })> {
  const source = deps.clientAddress(c);
  const verdict = await deps.limits.take(budgetOf(draft), source);
  if (verdict.within) return { within: true, spent: budgetOf(draft) };
  if (isInDanger(draft.answers)) return { within: true, spent: undefined };
  if (!solves(challengeOf(deps.keys, draft.nonce), proof)) return verdict;
  const worked = await deps.limits.take('request_with_proof', source);
  return worked.within ? { within: true, spent: 'request_with_proof' } : worked;
}

/** How long to wait, and whom to call; without script one waits or calls, and is told so. */
function overBudget(deps: FollowDeps, c: Context, draft: Draft, over: Over): { notice: string; challenge: string } {
  const { t, view } = deps.town(c);
  sayWhen(c, over);
  const notice = t('request.tooMany', { wait: waitWords(t, over), phone: view.phone });
  return { notice, challenge: challengeOf(deps.keys, draft.nonce) };
}

export function isInDanger(answers: Answers): boolean {
  return answers['danger'] === 'yes' || answers['family'] === 'yes';
}

/** By the code of a poster, or not. */
export function channelOf(draft: Draft): 'qr' | 'web' {
  return draft.answers[DRAFT_NOTES.poster] ? 'qr' : 'web';
}

/** A flood of ordinary requests never stops one in danger (§4.11: the danger screen blocks nothing). */
function budgetOf(draft: Draft): 'request' | 'request_in_danger' {
  return isInDanger(draft.answers) ? 'request_in_danger' : 'request';
}

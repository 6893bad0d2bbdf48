import type { Context } from 'hono';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { PublicTown } from './town-of-request.ts';

// 429: each form answers with its own page, so that what was typed stays; these say how long to wait.

export type Over = { retryAfterSeconds: number };

/** Retry-After. */
export function sayWhen(c: Context, { retryAfterSeconds }: Over): void {
  c.header('Retry-After', String(retryAfterSeconds));
}

/** « 12 minutes » */
export function waitWords(t: PublicTranslate, { retryAfterSeconds }: Over): string {
  return t('problem.429.wait', { minutes: Math.ceil(retryAfterSeconds / 60) });
}

/** How long to wait, and the town's phone number. */
export function waitNotice({ t, view }: PublicTown, over: Over): string {
  return t('problem.429.text', { wait: waitWords(t, over), phone: view.phone });
}

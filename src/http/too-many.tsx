import type { Context } from 'hono';
import type { Translate } from '../i18n/catalogue.ts';
import { ButtonLink } from '../ui/button.tsx';
import { DangerNote } from '../ui/danger-line.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { Town } from './town-of-request.ts';

export type Over = { retryAfterSeconds: number };

/** 429: how long to wait, and the town's phone number; the numbers for danger stay within reach. */
export function tooMany(c: Context, town: Town, over: Over): Response | Promise<Response> {
  const { t, view } = town;
  sayWhen(c, over);
  const title = t('problem.429.title');
  return c.html(
    <PublicLayout t={t} town={view} title={title} help={true}>
      <h1>{title}</h1>
      <p>{t('problem.429.text', { wait: waitWords(t, over), phone: view.phone })}</p>
      <DangerNote t={t} />
      <p>
        <ButtonLink href="/" kind="outline">
          {t('problem.home')}
        </ButtonLink>
      </p>
    </PublicLayout>,
    429,
  );
}

/** Retry-After, for pages of one's own that answer 429. */
export function sayWhen(c: Context, { retryAfterSeconds }: Over): void {
  c.header('Retry-After', String(retryAfterSeconds));
}

/** « 12 minutes » */
export function waitWords(t: Translate, { retryAfterSeconds }: Over): string {
  return t('problem.429.wait', { minutes: Math.ceil(retryAfterSeconds / 60) });
}

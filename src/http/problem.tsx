import type { Context } from 'hono';
import { type DomainCode, DomainError } from '../errors.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { KeyError } from '../privacy/key-ring.ts';
import type { PublicTown } from './town-of-request.ts';

export type ProblemStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 421 | 422 | 500 | 503;

/** SQLSTATE classes and socket errors that mean « the database is not there now ». */
const DATABASE_AWAY = /^(08|53|57P0|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)/;

const DOMAIN_STATUS: Partial<Record<DomainCode, ProblemStatus>> = { not_found: 404, unknown_choice: 422 };

/** Which status an unexpected error becomes. The only such mapping. */
export function problemStatus(error: unknown): ProblemStatus {
  if (error instanceof DomainError) return DOMAIN_STATUS[error.code] ?? 409;
  if (error instanceof KeyError) return 503;
  if (error instanceof Error) {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
    if (
      DATABASE_AWAY.test(code) ||
      /timeout exceeded when trying to connect|Connection terminated|is not queryable/.test(error.message)
    )
      return 503;
  }
  return 500;
}

const AGAIN = 'again';

/**
 * A page that says what happened in plain words, with the town's phone number. Never a stack.
 * @param typed what was posted, where a part is down: it waits in the page and is sent again from there, the same form, so that an answer whose
 * receipt was lost is not given twice (F-07).
 */
export function problem(
  c: Context,
  town: PublicTown | undefined,
  status: ProblemStatus,
  typed: readonly (readonly [name: string, value: string])[] = [],
): Response | Promise<Response> {
  if (status === 503) c.header('Retry-After', '30');
  if (!town) return c.text('Service indisponible', status);
  const { t, view } = town;
  const family = status === 400 || status === 409 || status === 415 ? 422 : status;
  const title = t(`problem.${family}.title`);
  const kept = typed.some(([name, value]) => name !== 'form' && value !== '') ? typed : [];
  const home = (
    <ButtonLink href="/" kind="outline">
      {t('problem.home')}
    </ButtonLink>
  );
  return c.html(
    <PublicLayout t={t} town={view} title={title} help={true} form={kept.length > 0 ? { id: AGAIN } : undefined}>
      <h1>{title}</h1>
      <p>{t(`problem.${family}.text`, { phone: view.phone })}</p>
      {kept.length > 0 ? (
        <form id={AGAIN} method="post" action={c.req.path}>
          {kept.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p>{t('problem.kept')}</p>
          <Buttons>
            <Button>{t('problem.again')}</Button>
            {home}
          </Buttons>
        </form>
      ) : (
        <p>{home}</p>
      )}
    </PublicLayout>,
    status,
  );
}

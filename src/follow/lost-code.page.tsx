import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { Frame } from './code.page.tsx';

const FORM = 'lost-code';
const SHORT_FORM = 'short-code';

/** Number and address on file. What follows is the same whether they belong together or not. */
export function LostCodePage({
  t,
  town,
  typed = {},
  errors = {},
  notice,
}: Frame & {
  typed?: { number?: string; email?: string };
  errors?: { number?: string; email?: string };
  notice?: string | undefined;
}) {
  const faults = Object.entries(errors).map(([name, message]) => ({ name, message }));
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('follow.lost.title'), faults)}
      help={true}
      form={{ id: FORM }}
    >
      <h1>{t('follow.lost.title')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('follow.lost.text')}</p>
      <form id={FORM} method="post" action="/suivi/code-perdu" class="form" novalidate>
        <TextField
          t={t}
          name="number"
          value={typed.number}
          label={t('follow.lost.number')}
          hint={t('follow.lost.number.hint')}
          error={errors.number}
          width="medium"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <TextField
          t={t}
          name="email"
          value={typed.email}
          label={t('follow.lost.email')}
          error={errors.email}
          type="email"
          inputmode="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
        />
        <Buttons>
          <Button>{t('follow.lost.button')}</Button>
        </Buttons>
      </form>
      <h2>{t('follow.lost.without')}</h2>
      <p>{t('follow.lost.phone', { phone: town.phone })}</p>
    </PublicLayout>
  );
}

/** Where the short code of the mail is typed: in the browser that asked for it. */
export function ShortCodePage({
  t,
  town,
  error,
  notice,
  typed,
}: Frame & { error?: string | undefined; notice?: string | undefined; typed?: string | undefined }) {
  const faults = error ? [{ name: 'code', message: error }] : [];
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('follow.short.title'), faults)}
      help={true}
      form={{ id: SHORT_FORM }}
    >
      <h1>{t('follow.short.title')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('follow.short.text')}</p>
      <form id={SHORT_FORM} method="post" action="/suivi/code-court" class="form">
        <TextField
          t={t}
          name="code"
          value={typed}
          label={t('follow.short.code')}
          hint={t('follow.short.code.hint')}
          error={error}
          width="short"
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
        />
        <Buttons>
          <Button>{t('follow.short.button')}</Button>
        </Buttons>
      </form>
      <h2>{t('follow.short.nothing')}</h2>
      <p>{t('follow.short.look', { phone: town.phone })}</p>
      <p>
        <a href="/suivi/code-perdu">{t('follow.short.again')}</a>
      </p>
    </PublicLayout>
  );
}

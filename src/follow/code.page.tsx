import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { DangerNote } from '../ui/danger-line.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';

export type Frame = { t: PublicTranslate; town: TownView };

const FORM = 'code-form';

/** /suivi: the code is typed, never in an address (C-4). */
export function CodePage({
  t,
  town,
  error,
  notice,
  typed,
  message,
  danger = false,
}: Frame & {
  error?: string | undefined;
  notice?: string | undefined;
  typed?: string | undefined;
  /** A message that was being sent when the page closed: given back once the code is typed. */
  message?: string | undefined;
  /** The numbers for danger stay within reach of somebody who has to wait. */
  danger?: boolean;
}) {
  const faults = error ? [{ name: 'code', message: error }] : [];
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('follow.title'), faults)}
      help={true}
      form={{ id: FORM }}
    >
      <h1>{t('follow.title')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      {danger && <DangerNote t={t} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('follow.code.who')}</p>
      <form id={FORM} method="post" action="/suivi" class="form">
        {message && <input type="hidden" name="message" value={message} />}
        <TextField
          t={t}
          name="code"
          value={typed}
          label={t('follow.code')}
          hint={t('follow.code.hint')}
          error={error}
          width="medium"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <Buttons>
          <Button>{t('follow.code.button')}</Button>
        </Buttons>
      </form>
      <h2>{t('follow.lost.ask')}</h2>
      <p>
        <a href="/suivi/code-perdu">{t('follow.lost.link')}</a>
      </p>
    </PublicLayout>
  );
}

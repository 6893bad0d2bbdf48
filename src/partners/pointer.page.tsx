import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { PartnerLayout } from './partner-layout.tsx';

type Frame = { t: Translate; town: TownView };

/** Where a mail leads: it says that a request waits, and opens nothing; a code goes to the one person it was written to. */
export function PointerPage({ t, town, pointer, notice }: Frame & { pointer: string; notice?: string | undefined }) {
  return (
    <PartnerLayout t={t} town={town} title={t('partners.pointer')}>
      <h1>{t('partners.pointer')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <p>{t('partners.pointer.text')}</p>
      <form method="post" action={`/partenaire/${pointer}`} class="form">
        <Buttons>
          <Button>{t('partners.askCode')}</Button>
        </Buttons>
      </form>
    </PartnerLayout>
  );
}

/** The code of ten minutes is typed in the browser that asked for it. `base`: the address it was asked for on. */
export function PartnerCodePage({
  t,
  town,
  base,
  error,
  notice,
}: Frame & { base: string; error?: string | undefined; notice?: string | undefined }) {
  const faults = error ? [{ name: 'code', message: error }] : [];
  return (
    <PartnerLayout t={t} town={town} title={titleWithErrors(t, t('partners.code.title'), faults)}>
      <h1>{t('partners.code.title')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('partners.code.text')}</p>
      <form method="post" action={`${base}/code`} class="form">
        <TextField
          t={t}
          name="code"
          label={t('partners.code')}
          hint={t('follow.short.code.hint')}
          error={error}
          width="medium"
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
        />
        <Buttons>
          <Button>{t('partners.code.button')}</Button>
        </Buttons>
      </form>
      <p>
        <a href={base}>{t('partners.code.again')}</a>
      </p>
    </PartnerLayout>
  );
}

/** Without a session: what this is; a mail is the way in, or the address where mails arrive. */
export function PartnerIntroPage({
  t,
  town,
  notice,
  written,
  typed,
  error,
}: Frame & {
  notice?: string | undefined;
  written?: string | undefined;
  typed?: string | undefined;
  error?: string | undefined;
}) {
  const faults = error ? [{ name: 'email', message: error }] : [];
  return (
    <PartnerLayout t={t} town={town} title={titleWithErrors(t, t('partners.intro'), faults)}>
      <h1>{t('partners.intro')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      {written && <p class="written">{written}</p>}
      <p>{t('partners.intro.text')}</p>
      <form method="post" action="/partenaire" class="form" novalidate>
        <TextField
          t={t}
          name="email"
          label={t('partners.email')}
          hint={t('partners.email.hint')}
          error={error}
          value={typed}
          type="email"
          inputmode="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
        />
        <Buttons>
          <Button>{t('partners.askCode')}</Button>
        </Buttons>
      </form>
      <p>{t('partners.intro.phone', { phone: town.phone })}</p>
    </PartnerLayout>
  );
}

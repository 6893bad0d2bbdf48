import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { OwnRequests } from './own-requests.query.ts';
import { SignOut } from './request.page.tsx';

type Frame = { t: Translate; town: TownView };

/** Where a mail leads: it says that a request waits, and opens nothing; a code goes to the one person it was written to. */
export function PointerPage({ t, town, pointer, notice }: Frame & { pointer: string; notice?: string | undefined }) {
  return (
    <PublicLayout t={t} town={town} title={t('partners.pointer')} help={true}>
      <h1>{t('partners.pointer')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <p>{t('partners.pointer.text')}</p>
      <form method="post" action={`/partenaire/${pointer}`} class="form">
        <Buttons>
          <Button>{t('partners.askCode')}</Button>
        </Buttons>
      </form>
    </PublicLayout>
  );
}

/** The code of ten minutes is typed in the browser that asked for it. */
export function PartnerCodePage({
  t,
  town,
  pointer,
  error,
  notice,
}: Frame & { pointer: string; error?: string | undefined; notice?: string | undefined }) {
  const faults = error ? [{ name: 'code', message: error }] : [];
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, t('partners.code.title'), faults)} help={true}>
      <h1>{t('partners.code.title')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('partners.code.text')}</p>
      <form method="post" action={`/partenaire/${pointer}/code`} class="form">
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
        <a href={`/partenaire/${pointer}`}>{t('partners.code.again')}</a>
      </p>
    </PublicLayout>
  );
}

/** Own requests only, the open ones first (R46). */
export function PartnerListPage({ t, town, list }: Frame & { list: OwnRequests }) {
  return (
    <PublicLayout t={t} town={town} title={t('partners.list')} help={true}>
      <p class="above-title">{list.organisation}</p>
      <h1>{t('partners.list')}</h1>
      {list.requests.length === 0 ? (
        <p>{t('partners.list.empty')}</p>
      ) : (
        <DataTable
          id="requests"
          caption={t('partners.list')}
          columns={[{ label: t('partners.number') }, { label: t('partners.state') }, { label: t('partners.due') }]}
          rows={list.requests.map((request) => [
            <a href={`/partenaire/demandes/${request.id}`}>{request.number}</a>,
            t(`partners.state.${request.state}`),
            t.longDate(request.dueDay),
          ])}
        />
      )}
      <SignOut t={t} />
    </PublicLayout>
  );
}

/** Without a session: what this is, and that a mail is the way in. */
export function PartnerIntroPage({
  t,
  town,
  notice,
  written,
}: Frame & { notice?: string | undefined; written?: string | undefined }) {
  return (
    <PublicLayout t={t} town={town} title={t('partners.intro')} help={true}>
      <h1>{t('partners.intro')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      {written && <p class="written">{written}</p>}
      <p>{t('partners.intro.text')}</p>
      <p>{t('partners.intro.phone', { phone: town.phone })}</p>
    </PublicLayout>
  );
}

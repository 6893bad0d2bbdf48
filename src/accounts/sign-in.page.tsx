import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, type FieldFault, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { WorkLayout } from '../ui/work-layout.tsx';

export type EntryFrame = { t: Translate; town: TownView };
/** What is wrong, by field; the words are the catalogue's. */
export type EntryFaults = Readonly<Record<string, string>>;

/** The shape all pages before a session share: title, what is missing, one form. */
export function EntryPage(
  props: EntryFrame & {
    title: string;
    faults?: EntryFaults | undefined;
    notice?: { kind: 'done' | 'changed'; text: string } | undefined;
    lead?: Child;
    action: string;
    button: string;
    after?: Child;
    children?: Child;
  },
) {
  const { t, town, title } = props;
  const faults: FieldFault[] = Object.entries(props.faults ?? {}).map(([name, message]) => ({ name, message }));
  return (
    <WorkLayout t={t} town={town} title={titleWithErrors(t, title, faults)} sections={[]}>
      <h1>{title}</h1>
      {props.notice && <Flash kind={props.notice.kind} main={props.notice.text} />}
      <ErrorSummary t={t} errors={faults} />
      {props.lead}
      <form method="post" action={props.action} class="form" novalidate>
        {props.children}
        <Buttons>
          <Button>{props.button}</Button>
        </Buttons>
      </form>
      {props.after}
    </WorkLayout>
  );
}

/** /connexion: address and password. */
export function SignInPage(
  props: EntryFrame & { email?: string; faults?: EntryFaults; notice?: { kind: 'done' | 'changed'; text: string } },
) {
  const { t, town, faults } = props;
  return (
    <EntryPage
      t={t}
      town={town}
      title={t('accounts.signIn.title')}
      faults={faults}
      notice={props.notice}
      action="/connexion"
      button={t('accounts.signIn.button')}
      lead={
        <>
          <p>{t('accounts.signIn.lead')}</p>
          {town.isDemo && (
            <p>
              {t('accounts.signIn.demo')} <a href="/demo">{t('accounts.signIn.demoLink')}</a>
            </p>
          )}
        </>
      }
      after={
        <>
          <p>
            {t('accounts.signIn.first')} <a href="/invitation">{t('accounts.signIn.firstLink')}</a>
          </p>
          <p>
            {t('accounts.signIn.resident')} <a href="/">{t('accounts.signIn.residentLink')}</a>
          </p>
        </>
      }
    >
      <TextField
        t={t}
        name="email"
        type="email"
        label={t('accounts.signIn.email')}
        value={props.email}
        error={faults?.['email']}
        autocomplete="username"
        spellcheck={false}
        autocapitalize="none"
        width="medium"
      />
      <TextField
        t={t}
        name="password"
        type="password"
        label={t('accounts.signIn.password')}
        error={faults?.['password']}
        autocomplete="current-password"
        width="medium"
      />
    </EntryPage>
  );
}

/** /connexion/code: the six digits of the second factor (R89). */
export function CodeStepPage({ t, town, faults }: EntryFrame & { faults?: EntryFaults }) {
  return (
    <EntryPage
      t={t}
      town={town}
      title={t('accounts.code.title')}
      faults={faults}
      action="/connexion/code"
      button={t('accounts.code.button')}
      lead={<BackLink href="/connexion" label={t('accounts.signIn.title')} />}
      after={<p>{t('accounts.code.lost')}</p>}
    >
      <SixDigits t={t} label={t('accounts.code.label')} error={faults?.['code']} />
    </EntryPage>
  );
}

export function SixDigits({ t, label, error }: { t: Translate; label: string; error: string | undefined }) {
  return (
    <TextField
      t={t}
      name="code"
      label={label}
      hint={t('accounts.code.hint')}
      error={error}
      inputmode="numeric"
      autocomplete="one-time-code"
      width="short"
      spellcheck={false}
    />
  );
}

import { TextField } from '../ui/text-field.tsx';
import { type EntryFaults, type EntryFrame, EntryPage } from './sign-in.page.tsx';

/** /invitation: the code given by hand and the password chosen. The address alone opens nothing (line 6). */
export function InvitationPage({ t, town, token, faults }: EntryFrame & { token?: string; faults?: EntryFaults }) {
  return (
    <EntryPage
      t={t}
      town={town}
      title={t('accounts.invitation.title')}
      faults={faults}
      action="/invitation"
      button={t('accounts.invitation.button')}
      lead={<p>{t('accounts.invitation.lead')}</p>}
    >
      <TextField
        t={t}
        name="token"
        label={t('accounts.invitation.token')}
        value={token}
        error={faults?.['token']}
        autocomplete="off"
        spellcheck={false}
        autocapitalize="none"
        width="medium"
      />
      <TextField
        t={t}
        name="password"
        type="password"
        label={t('accounts.invitation.password')}
        hint={t('accounts.invitation.password.hint')}
        error={faults?.['password']}
        autocomplete="new-password"
        width="medium"
      />
    </EntryPage>
  );
}

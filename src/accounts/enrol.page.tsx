import { Card } from '../ui/card.tsx';
import { qrImage } from '../ui/qr.ts';
import { TextField } from '../ui/text-field.tsx';
import { type EntryFaults, type EntryFrame, EntryPage, SixDigits } from './sign-in.page.tsx';
import type { TotpSecret } from './enrol.ts';

/** /connexion/activer: nobody works with a password alone (R89). The password once more, before a secret is shown. */
export function EnrolPage({ t, town, faults }: EntryFrame & { faults?: EntryFaults }) {
  return (
    <EntryPage
      t={t}
      town={town}
      title={t('accounts.enrol.title')}
      faults={faults}
      action="/connexion/activer"
      button={t('accounts.enrol.begin')}
      lead={
        <>
          <p>{t('accounts.enrol.why')}</p>
          <p>{t('accounts.enrol.need')}</p>
        </>
      }
    >
      <TextField
        t={t}
        name="password"
        type="password"
        label={t('accounts.enrol.password')}
        error={faults?.['password']}
        autocomplete="current-password"
        width="medium"
      />
    </EntryPage>
  );
}

/** The secret, shown once; after a wrong code only the field comes back, the application keeps its key. */
export function EnrolCodePage({ t, town, secret, faults }: EntryFrame & { secret?: TotpSecret; faults?: EntryFaults }) {
  return (
    <EntryPage
      t={t}
      town={town}
      title={t('accounts.enrol.title')}
      faults={faults}
      action="/connexion/activer/code"
      button={t('accounts.enrol.button')}
      lead={
        secret ? (
          <Card title={t('accounts.enrol.scan')}>
            <img class="qr" src={qrImage(secret.uri)} alt={t('accounts.enrol.image')} width="220" height="220" />
            <p>{t('accounts.enrol.key')}</p>
            <p>
              <code>{secret.secret.match(/.{1,4}/g)?.join(' ')}</code>
            </p>
          </Card>
        ) : (
          <p>{t('accounts.enrol.shown')}</p>
        )
      }
      after={
        <p>
          <a href="/connexion/activer">{t('accounts.enrol.restart')}</a>
        </p>
      }
    >
      <SixDigits t={t} label={t('accounts.enrol.confirm')} error={faults?.['code']} />
    </EntryPage>
  );
}

import type { Translate } from '../i18n/catalogue.ts';
import { ENDINGS } from '../journal/event-codes.ts';
import { REQUESTER_TEMPLATES } from '../mail/templates.ts';
import type { CaseView } from './case-view.query.ts';
import { Flash } from '../ui/flash.tsx';
import { mailName } from './sent-mail.ts';

/** Before a mistake is put right: which mails people have had since, which will not leave, and what is not given back (T35, spec §4.3). */
export function AlreadySent({ t, view }: { t: Translate; view: CaseView }) {
  const since = view.events.findIndex(({ code }) => ENDINGS.some((ending) => ending === code));
  const sent = view.events.slice(0, Math.max(0, since)).flatMap(({ code, at, data }) => {
    const toPerson = REQUESTER_TEMPLATES.some((template) => template === data['template']);
    const what = code === 'mail_settled' && toPerson && data['state'] !== 'refused' && mailName(t, data['template']);
    return what ? [{ what, at }] : [];
  });
  const unsent = view.unsentEndings.flatMap((template) => mailName(t, template) ?? []);
  return (
    <>
      <SentSince t={t} sent={sent} />
      {unsent.length > 0 && <p>{t('staff.sent.unsent', { what: unsent.join(', ') })}</p>}
      <p>{t('staff.sent.restored')}</p>
    </>
  );
}

function SentSince({ t, sent }: { t: Translate; sent: readonly { what: string; at: Date }[] }) {
  if (sent.length === 0) return <p>{t('staff.sent.none')}</p>;
  return (
    <Flash kind="changed" main={t('staff.sent.before')}>
      {sent.map(({ what, at }) => (
        <>
          <br />
          {what}, <time datetime={at.toISOString()}>{t.dateTime(at)}</time>
        </>
      ))}
    </Flash>
  );
}

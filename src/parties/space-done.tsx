import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Flash } from '../ui/flash.tsx';

export type SpaceDeed = 'answered' | 'takenBack' | 'stopped' | 'sent' | 'removed' | 'interpreter' | 'reached';

/** What was just done on the party's page, said once at its top. */
export function SpaceDone(props: { t: PublicTranslate; done: SpaceDeed | undefined; saidNo?: boolean }) {
  const { t, done, saidNo = false } = props;
  if (!done) return null;
  if (done === 'reached') return <Flash kind="done" main={t('follow.reach.done')} />;
  if (done === 'takenBack') return <Flash kind="done" main={t('parties.takenBack')} />;
  const words = {
    answered: 'parties.answered',
    stopped: 'parties.stopped',
    sent: 'follow.sent',
    removed: 'follow.email.removed',
    interpreter: 'follow.interpreter.done',
  } as const;
  return (
    <Flash kind="done" main={t(words[done])}>
      {t(done === 'answered' && saidNo ? 'parties.answered.no' : `${words[done]}.detail`)}
    </Flash>
  );
}

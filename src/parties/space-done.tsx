import type { Translate } from '../i18n/catalogue.ts';
import { Flash } from '../ui/flash.tsx';

export type SpaceDeed = 'answered' | 'takenBack' | 'stopped' | 'sent';

/** What was just done on the party's page, said once at its top. */
export function SpaceDone({ t, done }: { t: Translate; done: SpaceDeed | undefined }) {
  if (!done) return null;
  if (done === 'takenBack') return <Flash kind="done" main={t('parties.takenBack')} />;
  const words = { answered: 'parties.answered', stopped: 'parties.stopped', sent: 'follow.sent' } as const;
  return (
    <Flash kind="done" main={t(words[done])}>
      {t(`${words[done]}.detail`)}
    </Flash>
  );
}

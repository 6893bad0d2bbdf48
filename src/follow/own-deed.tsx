import type { Context } from 'hono';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Flash } from '../ui/flash.tsx';

/** What a person just did on their own page, by the word its address ends with, and what is said of it. */
const SAID = {
  arretee: 'follow.stopped',
  repondu: 'parties.answered',
  repris: 'parties.takenBack',
  rouverte: 'parties.reopened',
  interprete: 'follow.interpreter.done',
  enlevee: 'follow.email.removed',
  joindre: 'follow.reach.done',
  envoye: 'follow.sent',
} as const;
export type OwnDeed = keyof typeof SAID;

export function deedOf(c: Context): OwnDeed | undefined {
  // The keys of the record above.
  return (Object.keys(SAID) as OwnDeed[]).find((word) => c.req.query(word) !== undefined);
}

/** Says it once, at the top of the page. `party`: of the other party, who stops its part only. */
export function DeedDone(props: { t: PublicTranslate; deed: OwnDeed | undefined; party?: boolean; saidNo?: boolean }) {
  const { t, deed } = props;
  if (!deed) return null;
  if (deed === 'joindre' || deed === 'repris') return <Flash kind="done" main={t(SAID[deed])} />;
  const words = deed === 'arretee' && props.party ? 'parties.stopped' : SAID[deed];
  return (
    <Flash kind="done" main={t(words)}>
      {t(deed === 'repondu' && props.saidNo ? 'parties.answered.no' : `${words}.detail`)}
    </Flash>
  );
}

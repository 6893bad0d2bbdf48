import type { PublicTranslate } from '../i18n/catalogue.ts';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';

/** Where the notice of art. 14 stands; read without a code, since it is owed before anybody answers. */
export const NOTICE = '/suivi/participation/vos-informations';

type Notice = { title: string; lead: string; rows: readonly { heading: string; text: string }[] };

/** The notice of GDPR art. 14: who we are, why, what we hold, who reads it, how long, rights; the words of the letter's second page. */
export function NoticePage({ t, town, notice }: { t: PublicTranslate; town: TownView; notice: Notice }) {
  return (
    <PublicLayout t={t} town={town} title={notice.title} help={true}>
      <h1>{notice.title}</h1>
      <p>{notice.lead}</p>
      {notice.rows.map(({ heading, text }) => (
        <>
          <h2>{heading}</h2>
          <p>{text}</p>
        </>
      ))}
    </PublicLayout>
  );
}

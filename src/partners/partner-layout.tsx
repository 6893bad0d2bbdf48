import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { HelpColumn } from '../ui/help-column.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { TownView } from '../ui/town-view.ts';

/** The side column of a partner's pages: whom to call, and who reads what is written here. */
function PartnerHelp({ t, town }: { t: Translate; town: TownView }) {
  return (
    <HelpColumn t={t} town={town}>
      <h2>{t('partners.readers')}</h2>
      <p>{t('partners.readersText')}</p>
    </HelpColumn>
  );
}

/** A page for partners: French, which they read, with how to reach the team beside it. */
export function PartnerLayout(props: { t: Translate; town: TownView; title: string; children?: Child }) {
  return <PublicLayout {...props} french help={<PartnerHelp t={props.t} town={props.town} />} />;
}

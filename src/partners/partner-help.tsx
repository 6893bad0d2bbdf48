import type { Translate } from '../i18n/catalogue.ts';
import { HelpColumn } from '../ui/help-column.tsx';
import type { TownView } from '../ui/town-view.ts';

/** The side column of a partner's pages: whom to call, and who reads what is written here. */
export function PartnerHelp({ t, town }: { t: Translate; town: TownView }) {
  return (
    <HelpColumn t={t} town={town}>
      <h2>{t('partners.readers')}</h2>
      <p>{t('partners.readersText')}</p>
    </HelpColumn>
  );
}

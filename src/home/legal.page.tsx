import type { PublicTranslate } from '../i18n/catalogue.ts';
import { assetUrl } from '../ui/asset-table.ts';
import { DefinitionList } from '../ui/definition-list.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { TownAddress } from '../ui/town-address.tsx';
import type { TownView } from '../ui/town-view.ts';

/** Who publishes, who answers, and the licence of the typeface. */
export function LegalPage({ t, town }: { t: PublicTranslate; town: TownView }) {
  const licence = <a href={assetUrl('atkinson-licence.txt')}>{t('legal.notice.fontLicence')}</a>;
  return (
    <PublicLayout t={t} town={town} title={t('legal.notice.title')}>
      <h1>{t('legal.notice.title')}</h1>
      {town.isDemo && <p>{t('legal.notice.invented', { town: town.name })}</p>}
      <h2>{t('legal.notice.publisher')}</h2>
      <p>{t('legal.notice.publisherText', { controller: town.controller })}</p>
      <h2>{t('legal.notice.operator')}</h2>
      <p>{t('legal.notice.operatorText', { processor: town.processor })}</p>
      <h2>{t('legal.notice.contact')}</h2>
      <DefinitionList
        items={[
          { term: t('legal.notice.address'), says: <TownAddress town={town} /> },
          { term: t('legal.notice.phone'), says: <a href={town.phoneHref}>{town.phone}</a> },
          { term: t('legal.notice.email'), says: <a href={`mailto:${town.email}`}>{town.email}</a> },
          { term: t('legal.notice.hours'), says: town.openingHours },
          { term: t('legal.notice.desk'), says: town.deskHours },
        ]}
      />
      <h2>{t('legal.notice.emergency')}</h2>
      <p>{t('legal.notice.emergencyText')}</p>
      <h2>{t('legal.notice.cookies')}</h2>
      <p>{t('legal.notice.cookiesText')}</p>
      <h2>{t('legal.notice.font')}</h2>
      <p>
        <RichText t={t} id="legal.notice.fontText" parts={{ licence }} />
      </p>
      <p>
        Noto Sans Arabic, <a href={assetUrl('arabic-licence.txt')}>{t('legal.notice.fontLicence')}</a>
      </p>
    </PublicLayout>
  );
}

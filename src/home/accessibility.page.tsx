import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Lines } from '../ui/card.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { RichText } from '../ui/rich-text.tsx';
import type { TownView } from '../ui/town-view.ts';

/** R92: an honest statement, and where to report what blocks somebody. */
export function AccessibilityPage({ t, town }: { t: PublicTranslate; town: TownView }) {
  const report = {
    email: <a href={`mailto:${town.email}`}>{town.email}</a>,
    phone: <a href={town.phoneHref}>{town.phone}</a>,
  };
  const appeal = { site: <a href="https://www.defenseurdesdroits.fr/">www.defenseurdesdroits.fr</a> };
  return (
    <PublicLayout t={t} town={town} title={t('legal.accessibility.title')}>
      <h1>{t('legal.accessibility.title')}</h1>
      <p>
        <strong>{t('legal.accessibility.status')}</strong>
      </p>
      <p>{t('legal.accessibility.statusText')}</p>
      <h2>{t('legal.accessibility.report')}</h2>
      <p>
        <RichText t={t} id="legal.accessibility.reportText" parts={report} />
      </p>
      <h2>{t('legal.accessibility.done')}</h2>
      <Lines
        lines={[
          t('legal.accessibility.done1'),
          t('legal.accessibility.done2'),
          t('legal.accessibility.done3'),
          t('legal.accessibility.done4'),
        ]}
      />
      <h2>{t('legal.accessibility.notDone')}</h2>
      <Lines
        lines={[
          t('legal.accessibility.notDone1'),
          t('legal.accessibility.notDone2'),
          t('legal.accessibility.notDone3'),
        ]}
      />
      <h2>{t('legal.accessibility.appeal')}</h2>
      <p>
        <RichText t={t} id="legal.accessibility.appealText" parts={appeal} />
      </p>
    </PublicLayout>
  );
}

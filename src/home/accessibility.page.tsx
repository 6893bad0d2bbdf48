import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Lines } from '../ui/card.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { RichText } from '../ui/rich-text.tsx';
import type { TownView } from '../ui/town-view.ts';

/** The day the statement was last gone through. */
const STATED_ON = '2026-11-28';

/**
 * R92, §3.8: an honest statement, and where to report what blocks somebody. A site that nobody has audited is « non conforme » (décret 2019-768). Scheme and
 * plan are a town's own: those of the invented town are invented, any other has published none here.
 */
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
      <p>
        {t('legal.accessibility.statusText')} {t('legal.accessibility.dated', { date: t.date(STATED_ON) })}
      </p>
      {town.isDemo ? (
        <Lines
          lines={[
            <a href="#schema">{t('legal.accessibility.scheme')}</a>,
            <a href="#plan">{t('legal.accessibility.action')}</a>,
          ]}
        />
      ) : (
        <p>
          <RichText t={t} id="legal.accessibility.noPlans" parts={{ email: report.email }} />
        </p>
      )}
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
      {town.isDemo && <InventedPlans t={t} />}
      <h2>{t('legal.accessibility.appeal')}</h2>
      <p>
        <RichText t={t} id="legal.accessibility.appealText" parts={appeal} />
      </p>
    </PublicLayout>
  );
}

function InventedPlans({ t }: { t: PublicTranslate }) {
  return (
    <>
      <h2 id="schema">{t('legal.accessibility.scheme')}</h2>
      <Lines
        lines={[t('legal.accessibility.scheme1'), t('legal.accessibility.scheme2'), t('legal.accessibility.scheme3')]}
      />
      <h2 id="plan">{t('legal.accessibility.action')}</h2>
      <Lines
        lines={[t('legal.accessibility.action1'), t('legal.accessibility.action2'), t('legal.accessibility.action3')]}
      />
      <p>{t('legal.accessibility.invented')}</p>
    </>
  );
}

import type { Translate } from '../i18n/catalogue.ts';
import { ButtonLink } from './button.tsx';

/** « 12 sur 34 », then the links there are. */
export function PagesNav(props: {
  t: Translate;
  shown: number;
  total: number;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
}) {
  const { t, previousHref, nextHref } = props;
  return (
    <nav class="pages-nav" aria-label={t('work.pages.title')}>
      <p>{t('work.pages.count', { shown: props.shown, total: props.total })}</p>
      {previousHref && (
        <ButtonLink kind="outline" small href={previousHref}>
          {t('work.pages.previous')}
        </ButtonLink>
      )}
      {nextHref && (
        <ButtonLink kind="outline" small arrow href={nextHref}>
          {t('work.pages.next')}
        </ButtonLink>
      )}
    </nav>
  );
}

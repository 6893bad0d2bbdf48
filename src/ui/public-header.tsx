import type { Translate } from '../i18n/catalogue.ts';
import { languageFacts, locales } from '../i18n/languages.ts';
import { FictionalTag } from './fictional-tag.tsx';
import { Mark } from './mark.tsx';
import { QuickExit } from './quick-exit.tsx';
import type { TownView } from './town-view.ts';

export function PublicHeader(props: {
  t: Translate;
  town: Pick<TownView, 'name' | 'isDemo'>;
  exitHref?: string | undefined;
}) {
  const { t, town } = props;
  return (
    <header class="public-header">
      <div class="column public-header-row">
        <a class="brand" href="/">
          <Mark />
          <span class="brand-words">
            <span class="brand-service">{t('ui.service')}</span>
            <span class="brand-town">{t('ui.town', { town: town.name })}</span>
            {town.isDemo && <FictionalTag t={t} />}
          </span>
        </a>
        {locales.length > 1 && <Languages t={t} />}
        <QuickExit t={t} href={props.exitHref} />
      </div>
    </header>
  );
}

/** Each language in its own script; shown only when there is a choice. */
function Languages({ t }: { t: Translate }) {
  return (
    <nav class="languages" aria-label={t('ui.languages')}>
      <ul>
        {locales.map((locale) => (
          <li>
            <a
              href={`?lang=${locale}`}
              lang={languageFacts[locale].tag}
              aria-current={locale === t.locale ? 'true' : undefined}
            >
              {languageFacts[locale].ownName}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

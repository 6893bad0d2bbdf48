import type { PublicTranslate } from '../i18n/catalogue.ts';
import { languageFacts, locales } from '../i18n/languages.ts';
import { FictionalTag } from './fictional-tag.tsx';
import { Mark } from './mark.tsx';
import { QuickExit } from './quick-exit.tsx';
import type { TownView } from './town-view.ts';

/** The control field of a form that asks for another language instead of an answer. */
export const LANGUAGE_FIELD = 'langue';

export function PublicHeader(props: {
  t: PublicTranslate;
  town: Pick<TownView, 'name' | 'isDemo'>;
  french?: boolean | undefined;
  form?: string | undefined;
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
        {!props.french && <Languages t={t} form={props.form} />}
        <QuickExit t={t} />
      </div>
    </header>
  );
}

/** Each language in its own script. Where there is a form, a button of it: what was typed comes along, sent but not judged. */
function Languages({ t, form }: { t: PublicTranslate; form: string | undefined }) {
  return (
    <nav class="languages" aria-label={t('ui.languages')}>
      <ul>
        {locales.map((locale) => {
          const { tag, ownName } = languageFacts[locale];
          const current = locale === t.locale ? 'true' : undefined;
          return (
            <li>
              {form ? (
                <button
                  type="submit"
                  form={form}
                  formnovalidate
                  name={LANGUAGE_FIELD}
                  value={locale}
                  lang={tag}
                  aria-current={current}
                >
                  {ownName}
                </button>
              ) : (
                <a href={`/langue/${locale}`} lang={tag} aria-current={current}>
                  {ownName}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

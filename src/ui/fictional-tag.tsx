import type { PublicTranslate } from '../i18n/catalogue.ts';

/** R104: what is invented says so on every page. */
export function FictionalTag({ t }: { t: PublicTranslate }) {
  return <span class="fictional">{t('ui.fictional')}</span>;
}

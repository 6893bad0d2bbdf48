import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Pictogram } from './pictogram.tsx';

/** Where « Quitter vite » leads: a page of weather, like many others in a history. */
export const NEUTRAL_SITE = 'https://meteofrance.com/';

/** A plain link; the script replaces the page in the history and listens to Escape three times. */
export function QuickExit({ t }: { t: PublicTranslate }) {
  return (
    <a class="quick-exit" href={NEUTRAL_SITE} rel="noreferrer" data-quick-exit="">
      {t('ui.quickExit')}
      <Pictogram name="cross" />
    </a>
  );
}

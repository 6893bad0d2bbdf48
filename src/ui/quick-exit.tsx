import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Pictogram } from './pictogram.tsx';

/** Where « Quitter vite » leads when a town has not chosen: a page of weather, like many others in a history. */
export const neutralSite = 'https://meteofrance.com/';

/** A plain link; the script replaces the page in the history and listens to Escape three times. */
export function QuickExit({ t, href = neutralSite }: { t: PublicTranslate; href?: string | undefined }) {
  return (
    <a class="quick-exit" href={href} rel="noreferrer" data-quick-exit="">
      {t('ui.quickExit')}
      <Pictogram name="cross" />
    </a>
  );
}

import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Pictogram } from './pictogram.tsx';

/** Reads the page aloud, by a voice of the device itself; shown only where the script finds one for the language of the page. */
export function ListenButton({ t }: { t: PublicTranslate }) {
  return (
    <button
      class="button button-outline button-small"
      type="button"
      data-listen=""
      data-stop={t('ui.listen.stop')}
      hidden
    >
      <Pictogram name="listen" />
      <span>{t('ui.listen')}</span>
    </button>
  );
}

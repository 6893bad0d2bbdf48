import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button } from './button.tsx';

/** For a shared device: forgets, in this browser, everything that opens or shows a request. */
export function ClosePage({ t }: { t: PublicTranslate }) {
  return (
    <>
      <h2>{t('follow.close.title')}</h2>
      <p>{t('follow.close.text')}</p>
      <form method="post" action="/suivi/fermer">
        <Button kind="outline" small>
          {t('follow.close')}
        </Button>
      </form>
    </>
  );
}

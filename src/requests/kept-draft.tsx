import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button } from '../ui/button.tsx';
import { Fold } from '../ui/fold.tsx';

// The draft on the device, for seven days at most, only where the script runs and somebody asked for it. It stays sealed there.

/** « Garder sur cet appareil »; once kept, until when, and the way to take it away. */
export function KeepOnDevice({ t, until }: { t: PublicTranslate; until: number | undefined }) {
  const isKept = until !== undefined;
  return (
    <div data-needs-device="" hidden>
      <Fold title={t(isKept ? 'request.kept.here' : 'request.keep.title')} open={isKept}>
        <div class="field">
          <p>{isKept ? t('request.kept', { date: t.longDate(new Date(until)) }) : t('request.keep.hint')}</p>
        </div>
        <Button kind="outline" name="go" value={isKept ? 'forget' : 'keep'}>
          {t(isKept ? 'request.forget' : 'request.keep')}
        </Button>
      </Fold>
    </div>
  );
}

/** On the first page: what was kept here, to go on with or to erase. Shown by the script when there is something. */
export function KeptOnDevice({ t }: { t: PublicTranslate }) {
  return (
    <section class="card" data-kept-draft="" hidden>
      <h2>{t('request.kept.title')}</h2>
      <div class="field">
        <p>{t('request.kept.text')}</p>
      </div>
      <div class="buttons">
        <Button kind="outline" name="go" value="resume">
          {t('request.kept.resume')}
        </Button>
        <button class="button button-outline" type="button" data-erase-kept="">
          {t('request.forget')}
        </button>
      </div>
    </section>
  );
}

import type { PublicTranslate } from '../i18n/catalogue.ts';

// The draft on the device, for seven days at most, only where the script runs and somebody asked for it. It stays sealed there.

/** « Garder sur cet appareil »; once kept, until when, and the way to take it away. */
export function KeepOnDevice({ t, until }: { t: PublicTranslate; until: number | undefined }) {
  return (
    <div class="field" data-needs-device="" hidden>
      {until === undefined ? (
        <>
          <p class="hint">{t('request.keep.hint')}</p>
          <button class="button button-outline" type="submit" name="go" value="keep" formnovalidate>
            {t('request.keep')}
          </button>
        </>
      ) : (
        <>
          <p class="hint">{t('request.kept', { date: t.longDate(new Date(until)) })}</p>
          <button class="button button-outline" type="submit" name="go" value="forget" formnovalidate>
            {t('request.forget')}
          </button>
        </>
      )}
    </div>
  );
}

/** On the first page: what was kept here, to go on with or to erase. Shown by the script when there is something. */
export function KeptOnDevice({ t, form }: { t: PublicTranslate; form: string }) {
  return (
    <section class="card" data-kept-draft="" hidden>
      <h2>{t('request.kept.title')}</h2>
      <p>{t('request.kept.text')}</p>
      <div class="buttons">
        <button class="button button-outline" type="submit" form={form} name="go" value="resume" formnovalidate>
          {t('request.kept.resume')}
        </button>
        <button class="button button-outline" type="button" data-erase-kept="">
          {t('request.forget')}
        </button>
      </div>
    </section>
  );
}

import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Pictogram } from './pictogram.tsx';

export interface FieldFault {
  readonly name: string;
  readonly message: string;
}

/** First in `main` on a 422: what is missing, as links to the fields. Nothing when nothing is missing. */
export function ErrorSummary({ t, errors }: { t: PublicTranslate; errors: readonly FieldFault[] }) {
  if (errors.length === 0) return null;
  return (
    <section class="error-summary" aria-labelledby="error-summary-title" tabindex={-1} autofocus data-error-summary="">
      <h2 id="error-summary-title">
        <Pictogram name="triangle" />
        {t('ui.errors.summary', { count: errors.length })}
      </h2>
      <ul>
        {errors.map((error) => (
          <li>
            <a href={`#${error.name}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The title of the document: it begins with what is missing when something is. */
export function titleWithErrors(t: PublicTranslate, title: string, errors: readonly FieldFault[]): string {
  if (errors.length === 0) return title;
  return t('ui.errors.title', { summary: t('ui.errors.summary', { count: errors.length }), title });
}

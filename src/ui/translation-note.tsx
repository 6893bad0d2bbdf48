import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, ButtonLink } from './button.tsx';
import { LANGUAGE_FIELD } from './public-header.tsx';

/** R101: a text that no person has checked says so, and leads to the French one; where there is a form, what was typed comes along. */
export function TranslationNote({ t, form }: { t: PublicTranslate; form: string | undefined }) {
  if (t.checked) return null;
  const french = t('ui.translation.french');
  return (
    <>
      <p>{t('ui.translation')}</p>
      <p>
        {form ? (
          <Button kind="outline" small form={form} name={LANGUAGE_FIELD} value="fr">
            {french}
          </Button>
        ) : (
          <ButtonLink kind="outline" small href="/langue/fr">
            {french}
          </ButtonLink>
        )}
      </p>
    </>
  );
}

import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';

/** F7 is asked of whoever holds a code: the same for both sides. */
export function OpinionCard({ t }: { t: PublicTranslate }) {
  return (
    <Card title={t('evaluation.card')}>
      <p>{t('evaluation.card.text')}</p>
      <Buttons>
        <ButtonLink href="/suivi/avis">{t('evaluation.link')}</ButtonLink>
      </Buttons>
    </Card>
  );
}

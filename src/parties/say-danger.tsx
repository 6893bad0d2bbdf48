import type { Translate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { DangerNote } from '../ui/danger-line.tsx';

/** T2, from the party's own page, whether it takes part or not. */
export function SayDanger({ t }: { t: Translate }) {
  return (
    <>
      <h2>{t('follow.danger.title')}</h2>
      <DangerNote t={t} />
      <Buttons>
        <ButtonLink href="/suivi/participation/danger" kind="outline">
          {t('follow.danger.link')}
        </ButtonLink>
      </Buttons>
    </>
  );
}

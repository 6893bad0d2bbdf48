import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { DangerNote } from '../ui/danger-line.tsx';

/** T2, from a page about a request: the requester's, the other party's, a partner's. `href`: where it is said. */
export function SayDanger({ t, href }: { t: PublicTranslate; href: string }) {
  return (
    <>
      <h2>{t('follow.danger.title')}</h2>
      <DangerNote t={t} />
      <Buttons>
        <ButtonLink href={href} kind="outline">
          {t('follow.danger.link')}
        </ButtonLink>
      </Buttons>
    </>
  );
}

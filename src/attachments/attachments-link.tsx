import type { PublicTranslate } from '../i18n/catalogue.ts';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';

/** Leads to the page where photos, documents and a voice message are added. */
export function AttachmentsLink({ t, href }: { t: PublicTranslate; href: string }) {
  return (
    <Card title={t('attachments.link.title')}>
      <p>{t('attachments.link.text')}</p>
      <Buttons>
        <ButtonLink href={href} kind="outline">
          {t('attachments.link')}
        </ButtonLink>
      </Buttons>
    </Card>
  );
}

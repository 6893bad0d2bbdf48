import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { LetterWords } from '../pdf/paper-words.ts';
import type { TownView } from '../ui/town-view.ts';

/**
 * What GDPR art. 14 owes a person whose data came from somebody else (R74, R76, R77). It says what kind of source that is, never who.
 */
export function informationNotice(t: PublicTranslate, town: TownView): NonNullable<LetterWords['notice']> {
  const { controller, processor, legalBasis: basis, retentionMonths: months, dpoContact: dpo, phone, address } = town;
  return {
    title: t('letters.notice.title'),
    lead: t('letters.notice.lead'),
    rows: [
      {
        heading: t('letters.notice.controller'),
        text: t('letters.notice.controllerText', { controller, processor }),
      },
      { heading: t('letters.notice.purpose'), text: t('letters.notice.purposeText') },
      { heading: t('letters.notice.basis'), text: t('letters.notice.basisText', { basis }) },
      { heading: t('letters.notice.data'), text: t('letters.notice.dataText') },
      { heading: t('letters.notice.source'), text: t('letters.notice.sourceText') },
      { heading: t('letters.notice.readers'), text: t('letters.notice.readersText') },
      { heading: t('letters.notice.duration'), text: t('letters.notice.durationText', { months }) },
      { heading: t('letters.notice.free'), text: t('letters.notice.freeText') },
      { heading: t('letters.notice.rights'), text: t('letters.notice.rightsText') },
      { heading: t('letters.notice.contact'), text: t('letters.notice.contactText', { dpo, phone, address }) },
      { heading: t('letters.notice.complaint'), text: t('letters.notice.complaintText') },
    ],
  };
}

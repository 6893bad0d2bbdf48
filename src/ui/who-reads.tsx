import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { AnswerSign } from './answer-sign.tsx';
import { DataTable } from './data-table.tsx';
import { RichText } from './rich-text.tsx';

/**
 * Who reads what, person by kind of information, and always the one exception (design §5). `of`: whose information it is; without one the table is
 * about any request.
 */
export function WhoReads({ t, of = 'requester' }: { t: PublicTranslate; of?: 'requester' | 'other' }) {
  const reads = <AnswerSign t={t} answer="yes" label={t('legal.privacy.reads')} />;
  const nothing = <AnswerSign t={t} answer="no" label={t('legal.privacy.readsNothing')} />;
  const row = (who: Child, sign: Child) => [who, sign, sign, sign];
  return (
    <>
      <h2>{t('legal.privacy.readers')}</h2>
      <DataTable
        id="readers"
        caption={t('legal.privacy.readersCaption')}
        captionIsSpokenOnly
        columns={[
          { label: t('legal.privacy.readersWho') },
          { label: t('legal.privacy.readersStory') },
          { label: t('legal.privacy.readersContact') },
          { label: t('legal.privacy.readersDates') },
        ]}
        rows={[
          row(t('legal.privacy.readerLead'), reads),
          row(t('legal.privacy.readerMediator'), reads),
          row(t(of === 'other' ? 'legal.privacy.readerRequester' : 'legal.privacy.readerOther'), nothing),
          row(t('legal.privacy.readerServices'), nothing),
        ]}
      />
      <p>{t('legal.privacy.readersAgreed')}</p>
      <p>
        <RichText t={t} id="legal.privacy.readersExcept" parts={{ except: <strong>{t('ui.help.except')}</strong> }} />
      </p>
      <p>{t('legal.privacy.readersLog')}</p>
    </>
  );
}

import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { AnswerSign } from './answer-sign.tsx';
import { DefinitionList } from './definition-list.tsx';
import { listed } from './listed.ts';
import { RichText } from './rich-text.tsx';

/**
 * Who reads what, one person a line, and always the one exception (design §5): no table, which a phone would cut. `of`: whose information it is;
 * without one it is about any request.
 */
export function WhoReads({ t, of = 'requester' }: { t: PublicTranslate; of?: 'requester' | 'other' }) {
  const kinds = [t('legal.privacy.readersStory'), t('legal.privacy.readersContact'), t('legal.privacy.readersDates')];
  const reads = (
    <>
      <AnswerSign t={t} answer="yes" label={t('legal.privacy.reads')} /> <span class="hint">{listed(t, kinds)}</span>
    </>
  );
  const nothing = <AnswerSign t={t} answer="no" label={t('legal.privacy.readsNothing')} />;
  const line = (term: string, says: Child) => ({ term, says });
  return (
    <>
      <h2>{t('legal.privacy.readers')}</h2>
      <DefinitionList
        items={[
          line(t('legal.privacy.readerLead'), reads),
          line(t('legal.privacy.readerMediator'), reads),
          line(t(of === 'other' ? 'legal.privacy.readerRequester' : 'legal.privacy.readerOther'), nothing),
          line(t('legal.privacy.readerServices'), nothing),
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

import type { Answers } from '../http/form-body.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { TownView } from '../ui/town-view.ts';
import { MARKED, type OpinionFault, SITUATIONS, WORDS_LIMIT } from './opinion.form.ts';

export type OpinionPageProps = {
  t: Translate;
  town: TownView;
  form: string;
  answers?: Answers;
  wrong?: OpinionFault | undefined;
  state: 'open' | 'given' | 'none';
};

/** F7: what the person thinks, apart from who they are; one answer is enough, none is needed. */
export function OpinionPage({ t, town, form, answers = {}, wrong, state }: OpinionPageProps) {
  const faults = wrong
    ? [
        {
          name: wrong === 'unread' ? 'listened' : wrong,
          message: t(`evaluation.wrong.${wrong}`, { limit: WORDS_LIMIT }),
        },
      ]
    : [];
  const value = (name: string) => {
    const typed = answers[name];
    return typeof typed === 'string' ? typed : undefined;
  };
  const errorOf = (name: string) => faults.find((fault) => fault.name === name)?.message;
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, t('evaluation.title'), faults)} help={true}>
      <h1>{t('evaluation.title')}</h1>
      {state === 'given' && <Flash kind="done" main={t('evaluation.thanks')} />}
      {state === 'none' && <p>{t('evaluation.none')}</p>}
      {(state === 'open' || wrong) && (
        <>
          <p>{t('evaluation.apart')}</p>
          <ErrorSummary t={t} errors={faults} />
          <form method="post" action="/suivi/avis" class="form" novalidate>
            <input type="hidden" name="form" value={form} />
            {MARKED.map((name) => (
              <Choice
                t={t}
                name={name}
                kind="radio"
                row
                optional
                label={t(`evaluation.${name}`)}
                error={errorOf(name)}
                chosen={[value(name) ?? '']}
                options={['1', '2', '3', '4', '5'].map((mark) => ({
                  value: mark,
                  label: t(`evaluation.mark.${mark}` as 'evaluation.mark.1'),
                }))}
              />
            ))}
            <Choice
              t={t}
              name="situation"
              kind="radio"
              row
              optional
              label={t('evaluation.situation')}
              chosen={[value('situation') ?? '']}
              options={SITUATIONS.map((code) => ({ value: code, label: t(`evaluation.situation.${code}`) }))}
            />
            <SelectField
              t={t}
              name="relation"
              label={t('evaluation.relation')}
              optional
              empty={t('evaluation.noAnswer')}
              value={value('relation')}
              options={Array.from({ length: 11 }, (_, score) => ({ value: String(score), label: String(score) }))}
            />
            <Choice
              t={t}
              name="would_advise"
              kind="radio"
              row
              optional
              label={t('evaluation.would_advise')}
              chosen={[value('would_advise') ?? '']}
              options={[
                { value: 'yes', label: t('parties.yes') },
                { value: 'no', label: t('parties.no') },
              ]}
            />
            <TextArea
              t={t}
              name="words"
              label={t('evaluation.words')}
              hint={t('evaluation.words.hint')}
              optional
              rows={3}
              error={errorOf('words')}
              value={value('words')}
              limit={WORDS_LIMIT}
            />
            <SingleCheckbox
              t={t}
              name="may_quote"
              label={t('evaluation.may_quote')}
              checked={value('may_quote') === 'yes'}
            />
            <Buttons>
              <Button>{t('evaluation.send')}</Button>
            </Buttons>
          </form>
        </>
      )}
    </PublicLayout>
  );
}

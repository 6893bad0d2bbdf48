import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Choice, type Option, SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { type MARKED, SITUATIONS, WITHOUT_OBJECT, WORDS_LIMIT } from './opinion.form.ts';

const SCORES = Array.from({ length: 11 }, (_, score) => String(score));
const FACES = [
  { mark: '1', pictogram: 'face-1' },
  { mark: '2', pictogram: 'face-2' },
  { mark: '3', pictogram: 'face-3' },
  { mark: '4', pictogram: 'face-4' },
  { mark: '5', pictogram: 'face-5' },
] as const;

/** The questions of F7 in their order; the sixth only where a service is one of the sides. */
export function OpinionFields({
  t,
  answers,
  withService,
  errorOf,
}: {
  t: PublicTranslate;
  answers: Answers;
  withService: boolean;
  errorOf: (name: string) => string | undefined;
}) {
  const value = (name: string) => one(answers, name);
  const question = (name: string, label: string, options: readonly Option[], hint?: string) => (
    <Choice
      t={t}
      name={name}
      kind="radio"
      row
      optional
      label={label}
      hint={hint}
      error={errorOf(name)}
      chosen={[value(name) ?? '']}
      options={options}
    />
  );
  const marked = (name: (typeof MARKED)[number]) => {
    const faces: Option[] = FACES.map(({ mark, pictogram }) => ({
      value: mark,
      label: t(`evaluation.mark.${mark}`),
      pictogram,
    }));
    const none = name === 'talk_better' ? [{ value: WITHOUT_OBJECT, label: t('evaluation.mark.none') }] : [];
    return question(name, t(`evaluation.${name}`), [...faces, ...none]);
  };
  return (
    <>
      {marked('listened')}
      {marked('could_say')}
      {marked('understood_free')}
      {marked('talk_better')}
      {question(
        'situation',
        t('evaluation.situation'),
        SITUATIONS.map((code) => ({ value: code, label: t(`evaluation.situation.${code}`) })),
      )}
      {withService && marked('institution')}
      {question(
        'relation',
        t('evaluation.relation'),
        SCORES.map((score) => ({ value: score, label: score })),
        t('evaluation.relation.hint'),
      )}
      {question('would_advise', t('evaluation.would_advise'), [
        { value: 'yes', label: t('parties.yes') },
        { value: 'no', label: t('parties.no') },
      ])}
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
      <SingleCheckbox t={t} name="may_quote" label={t('evaluation.may_quote')} checked={value('may_quote') === 'yes'} />
    </>
  );
}

/** What is wrong with an opinion, beside the field it is said at. */
export function opinionFaults(t: PublicTranslate, wrong: 'listened' | 'words' | 'unread' | undefined) {
  if (!wrong) return [];
  const name = wrong === 'unread' ? 'listened' : wrong;
  return [{ name, message: t(`evaluation.wrong.${wrong}`, { limit: WORDS_LIMIT }) }];
}

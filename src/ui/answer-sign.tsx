import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { PictogramName } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';

export type Answer = 'yes' | 'no' | 'pending' | 'withdrawn' | 'none';

const signs = {
  yes: 'check',
  no: 'minus',
  pending: 'pending',
  withdrawn: 'cross',
  none: 'dash',
} satisfies Record<Answer, PictogramName>;

/** What a party answered; a no is as calm as a yes. `date`, in words, is needed for `withdrawn`; `label` says it otherwise. */
export function AnswerSign(props: { t: PublicTranslate; answer: Answer; date?: string; label?: string }) {
  const { t, answer } = props;
  return (
    <span class={`answer answer-${answer}`}>
      <Pictogram name={signs[answer]} />
      {props.label ?? t(`ui.answer.${answer}`, { date: props.date ?? '' })}
    </span>
  );
}

import type { Child } from 'hono/jsx';
import type { FieldWords } from './field.tsx';
import { describedBy } from './field.tsx';
import { FieldError } from './field-error.tsx';
import { type ChoicesAsked, noteQuestion } from './questions.ts';

/** A question with its choices: legend, hint, error, then whatever boxes are given. */
export function ChoiceGroup(
  props: FieldWords & {
    kind: 'radio' | 'checkbox';
    /** What there is to choose from, as `children` draw it. */
    choices: readonly ChoicesAsked[];
    class?: string;
    children?: Child;
  },
) {
  const { t, name, error } = props;
  const isRadio = props.kind === 'radio';
  noteQuestion(props, { kind: isRadio ? 'one' : 'some', choices: props.choices });
  return (
    <fieldset
      class={['field choices', props.class, error && 'choices-wrong'].filter(Boolean).join(' ')}
      role={isRadio ? 'radiogroup' : undefined}
      aria-invalid={isRadio && error ? 'true' : undefined}
      aria-describedby={describedBy(props)}
    >
      <legend class="field-label">
        {props.label}
        {props.optional && <span class="optional"> {t('ui.optional')}</span>}
      </legend>
      {props.hint && (
        <p class="hint" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
      <FieldError name={name} error={error} />
      {props.children}
    </fieldset>
  );
}

/** The first box carries the field's name as id, so that the error summary leads to it. */
export function choiceId(name: string, value: string, index: number): string {
  return index === 0 ? name : `${name}-${value}`;
}

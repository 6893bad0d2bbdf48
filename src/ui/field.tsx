import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { FieldError } from './field-error.tsx';
import { type Answering, noteQuestion } from './questions.ts';

/** What every field says around its control. The id of the control is `name`, so that the error summary can lead to it. */
export interface FieldWords {
  readonly t: PublicTranslate;
  readonly name: string;
  readonly label: string;
  readonly hint?: Child;
  readonly error?: string | undefined;
  readonly optional?: boolean | undefined;
  /** The id of the form it is sent with, where it does not stand inside it. */
  readonly form?: string | undefined;
}

/** The ids the control is described by, or undefined when there is neither hint nor error. */
export function describedBy({ name, hint, error }: Pick<FieldWords, 'name' | 'hint' | 'error'>): string | undefined {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** A label around a control. `answering` says how the question is answered; in a line when not given. */
export function Field(props: FieldWords & { answering?: Answering; children?: Child }) {
  const { t, name, error } = props;
  noteQuestion(props, props.answering ?? { kind: 'words', lines: 1 });
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={name}>
        {props.label}
        {props.optional && <span class="optional"> {t('ui.optional')}</span>}
      </label>
      {props.hint && (
        <p class="hint" id={`${name}-hint`}>
          {props.hint}
        </p>
      )}
      <FieldError name={name} error={error} />
      {props.children}
    </div>
  );
}

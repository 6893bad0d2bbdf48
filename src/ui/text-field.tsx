import type { FieldWords } from './field.tsx';
import { Field, describedBy } from './field.tsx';

export type TextFieldProps = FieldWords & {
  value?: string | undefined;
  type?: 'text' | 'tel' | 'email' | 'password' | 'search' | undefined;
  inputmode?: 'text' | 'tel' | 'email' | 'numeric' | 'search' | undefined;
  autocomplete?: string | undefined;
  /** How much is expected: a code, a date, a line. */
  width?: 'short' | 'medium' | 'full' | undefined;
  spellcheck?: boolean | undefined;
  autocapitalize?: 'none' | 'characters' | undefined;
};

/** One line of text. Length is judged by the server: the browser never cuts what a person pastes. */
export function TextField(props: TextFieldProps) {
  const { name } = props;
  return (
    <Field {...wordsOf(props)}>
      <input
        class={`control control-${props.width ?? 'full'}`}
        id={name}
        name={name}
        type={props.type ?? 'text'}
        value={props.value}
        inputmode={props.inputmode}
        autocomplete={props.autocomplete}
        spellcheck={props.spellcheck}
        autocapitalize={props.autocapitalize}
        dir={isLatin(props) ? 'ltr' : undefined}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? 'true' : undefined}
      />
    </Field>
  );
}

/** Numbers, addresses and codes are typed from left to right in every language. */
function isLatin({ type, inputmode, autocapitalize }: TextFieldProps): boolean {
  return type === 'tel' || type === 'email' || inputmode === 'numeric' || autocapitalize === 'characters';
}

/**
 * A date typed as people say it (« 9/12 », « 9 décembre ») and read forgivingly by the server: the native picker shows
 * the browser's own order, 12/09 for 9 December.
 */
export function DateField(props: Omit<TextFieldProps, 'type' | 'inputmode' | 'width'>) {
  return <TextField {...props} hint={props.hint ?? props.t('ui.dateHint')} width="medium" />;
}

function wordsOf({ t, name, label, hint, error, optional }: FieldWords): FieldWords {
  return { t, name, label, hint, error, optional };
}

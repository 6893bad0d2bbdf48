import type { FieldWords } from './field.tsx';
import { Field, describedBy } from './field.tsx';
import type { Option } from './choice.tsx';

/**
 * A list that opens, for people at work only: residents see every choice at once. `empty` is the line that chooses nothing; `sentAs` is the
 * name several lists share.
 */
export function SelectField(
  props: FieldWords & {
    options: readonly Option[];
    value?: string | undefined;
    empty?: string | undefined;
    sentAs?: string;
  },
) {
  const { name } = props;
  return (
    <Field
      t={props.t}
      name={name}
      label={props.label}
      hint={props.hint}
      error={props.error}
      optional={props.optional}
      answering={{ kind: 'one', choices: [{ options: props.options }] }}
    >
      <select
        class="control"
        id={name}
        name={props.sentAs ?? name}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? 'true' : undefined}
      >
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

import type { FieldWords } from './field.tsx';
import { Field, describedBy } from './field.tsx';

/** Several lines. `limit` is said in words and counted aloud by the script near the end; the server judges. */
export function TextArea(
  props: FieldWords & { value?: string | undefined; rows?: number | undefined; limit?: number | undefined },
) {
  const { t, name, limit, rows = 5 } = props;
  const said = limit ? t('ui.limit', { count: limit }) : undefined;
  const hint = props.hint && said ? [props.hint, ' ', said] : (props.hint ?? said);
  return (
    <Field
      t={t}
      name={name}
      label={props.label}
      hint={hint}
      error={props.error}
      optional={props.optional}
      answering={{ kind: 'words', lines: rows, hint: typeof props.hint === 'string' ? props.hint : undefined }}
    >
      <textarea
        class="control"
        id={name}
        name={name}
        form={props.form}
        rows={rows}
        data-limit={limit}
        aria-describedby={describedBy({ name, hint, error: props.error })}
        aria-invalid={props.error ? 'true' : undefined}
      >
        {/* A browser drops the first line break of a textarea: one more keeps the person's own. */}
        {`\n${props.value ?? ''}`}
      </textarea>
      {limit && (
        <p
          class="hint"
          id={`${name}-left`}
          data-left={t('ui.limitLeft')}
          data-over={t('ui.limitOver')}
          role="status"
          hidden
        ></p>
      )}
    </Field>
  );
}

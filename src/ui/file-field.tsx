import { describedBy, Field, type FieldWords } from './field.tsx';

/** One file, or several, from the device. `accept` helps the browser's own picker; the server judges by the content. */
export function FileField(
  props: FieldWords & {
    accept: string;
    multiple?: boolean | undefined;
    /** On a phone: the recorder or the camera at once, instead of the list of files. */
    capture?: boolean | undefined;
    /** Bytes over which smaller-photos.js makes a photo smaller, on a page that loads it. */
    largest?: number | undefined;
  },
) {
  const { t, name } = props;
  return (
    <Field t={t} name={name} label={props.label} hint={props.hint} error={props.error} optional={props.optional}>
      <input
        class="control"
        id={name}
        name={name}
        form={props.form}
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        capture={props.capture}
        data-largest={props.largest}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error ? 'true' : undefined}
      />
    </Field>
  );
}

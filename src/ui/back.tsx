import { Pictogram } from './pictogram.tsx';

export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <p class="back">
      <a href={href}>
        <Pictogram name="arrow" />
        {label}
      </a>
    </p>
  );
}

/** « Retour » inside a form in steps: posts what is typed, so that nothing is lost. `form` is the id of that form. */
export function BackButton(props: { label: string; form: string; name: string; value: string }) {
  return (
    <p class="back">
      <button class="link-button" type="submit" form={props.form} name={props.name} value={props.value} formnovalidate>
        <Pictogram name="arrow" />
        {props.label}
      </button>
    </p>
  );
}

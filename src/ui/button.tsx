import type { Child } from 'hono/jsx';
import type { PictogramName } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';

/** `filled`: the one thing to do · `outline`: another way · `stop`: ending something · `danger`: only « Oui » to danger · `lamp`: the clock of the demonstration. */
export type ButtonKind = 'filled' | 'outline' | 'stop' | 'danger' | 'lamp';

interface ButtonLooks {
  kind?: ButtonKind | undefined;
  small?: boolean | undefined;
  /** Drawn before the words. */
  pictogram?: PictogramName | undefined;
  /** An arrow after the words: there is a next page. */
  arrow?: boolean | undefined;
  children?: Child;
}

function classOf({ kind, small }: ButtonLooks): string {
  return `button button-${kind ?? 'filled'}${small ? ' button-small' : ''}`;
}

function Inside({ pictogram, arrow, children }: ButtonLooks) {
  return (
    <>
      {pictogram && <Pictogram name={pictogram} />}
      <span>{children}</span>
      {arrow && <Pictogram name="arrow" />}
    </>
  );
}

export function Button(
  props: ButtonLooks & {
    name?: string | undefined;
    value?: string | undefined;
    form?: string | undefined;
    formaction?: string | undefined;
    formenctype?: 'multipart/form-data' | undefined;
    type?: 'submit' | 'button' | undefined;
  },
) {
  return (
    <button
      class={classOf(props)}
      type={props.type ?? 'submit'}
      name={props.name}
      value={props.value}
      form={props.form}
      formaction={props.formaction}
      formenctype={props.formenctype}
    >
      <Inside {...props} />
    </button>
  );
}

export function ButtonLink(props: ButtonLooks & { href: string }) {
  return (
    <a class={classOf(props)} href={props.href}>
      <Inside {...props} />
    </a>
  );
}

/** Prints the page; shown only where the script runs. */
export function PrintButton({ children, kind = 'outline' }: { children: Child; kind?: ButtonKind }) {
  return (
    <button class={`button button-${kind}`} type="button" data-print="" hidden>
      <Pictogram name="print" />
      <span>{children}</span>
    </button>
  );
}

/** The buttons of a form or of a card, side by side; one under the other on a phone. */
export function Buttons({ children }: { children: Child }) {
  return <div class="buttons">{children}</div>;
}

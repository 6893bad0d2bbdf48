/** A number to call or to write to, with who answers. `urgent` is red: 17 and 112 only. */
export function CallCard(props: {
  number: string;
  who: string;
  detail?: string | undefined;
  /** Where the words are not in the language of the page. */
  lang?: string | undefined;
  by?: 'tel' | 'sms' | undefined;
  urgent?: boolean | undefined;
  /** Over the whole width of the grid. */
  wide?: boolean | undefined;
}) {
  return (
    <a
      class={['call', props.urgent && 'call-urgent', props.wide && 'call-wide'].filter(Boolean).join(' ')}
      href={`${props.by ?? 'tel'}:${digits(props.number)}`}
    >
      <span class="call-number" dir="ltr">
        {props.number}
      </span>{' '}
      <span class="call-who" lang={props.lang}>
        {props.detail ? <strong>{props.who}</strong> : props.who} {props.detail}
      </span>
    </a>
  );
}

export interface Helpline {
  readonly number: string;
  readonly who: string;
  readonly when?: string | undefined;
  readonly lang?: string | undefined;
}

/** Several numbers as one ruled list. */
export function Helplines({ lines }: { lines: readonly Helpline[] }) {
  return (
    <ul class="helplines">
      {lines.map((line) => (
        <li>
          <a class="helpline" href={`tel:${digits(line.number)}`}>
            <span class="call-number" dir="ltr">
              {line.number}
            </span>{' '}
            <span class="call-who" lang={line.lang}>
              <strong>{line.who}</strong>
              {line.when && <span class="hint"> {line.when}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function digits(number: string): string {
  return number.replaceAll(/\s/gu, '');
}

import type { Child } from 'hono/jsx';
import { Pictogram } from './pictogram.tsx';

/** First in `main`: what was done, or what changed meanwhile (409), and its consequence. Stays until the next page. */
export function Flash(props: { kind: 'done' | 'changed'; main: string; children?: Child }) {
  return (
    <div class={`flash flash-${props.kind}`} role="status">
      <Pictogram name={props.kind === 'done' ? 'check' : 'clock'} />
      <p>
        <strong>{props.main}</strong> {props.children}
      </p>
    </div>
  );
}

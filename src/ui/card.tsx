import type { Child } from 'hono/jsx';
import type { PictogramName } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';

/** A titled sheet. On confirmation pages it holds the consequences: « Si vous arrêtez », four short lines. */
export function Card(props: { title?: string; pictogram?: PictogramName; children?: Child }) {
  return (
    <section class="card">
      {props.title && (
        <h2>
          {props.pictogram && <Pictogram name={props.pictogram} />}
          {props.title}
        </h2>
      )}
      {props.children}
    </section>
  );
}

/** A short list of plain lines. */
export function Lines({ lines }: { lines: readonly Child[] }) {
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

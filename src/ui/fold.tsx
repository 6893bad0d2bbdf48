import type { Child } from 'hono/jsx';

/** What is seldom filled or read, under its title. `open` where something stands in it or is wrong in it. */
export function Fold(props: { title: string; note?: string; open?: boolean; children: Child }) {
  return (
    <details class="fold" open={props.open}>
      <summary>
        {props.title}
        {props.note && <span class="optional"> {props.note}</span>}
      </summary>
      {props.children}
    </details>
  );
}

import type { Child } from 'hono/jsx';
import { Card, Lines } from './card.tsx';

/**
 * The page that stands in for a dialog: the question as title, what follows in short lines, then the form with the other ways too.
 * Children are the form: a radio `Choice` and one button.
 */
export function Confirmation(props: {
  question: string;
  consequences: { title: string; lines: readonly Child[] };
  back?: Child;
  children?: Child;
}) {
  return (
    <>
      {props.back}
      <h1>{props.question}</h1>
      <Card title={props.consequences.title}>
        <Lines lines={props.consequences.lines} />
      </Card>
      {props.children}
    </>
  );
}

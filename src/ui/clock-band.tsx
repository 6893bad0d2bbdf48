import type { Child } from 'hono/jsx';

/** The clock of the demonstration: the date in large, the buttons that move it, the next things that will happen. */
export function ClockBand(props: {
  /** « Il est », « lundi 30 novembre 2026 », « 10 h 20 à Val-Rivière » */
  lead: string;
  date: string;
  detail: string;
  /** Lamp button first, then outlined ones. */
  buttons: Child;
  upcoming: readonly { when: string; what: Child }[];
}) {
  return (
    <section class="clock-band" aria-labelledby="clock-date">
      <div>
        <p>{props.lead}</p>
        <p class="clock-date" id="clock-date">
          {props.date}
        </p>
        <p>{props.detail}</p>
      </div>
      <div>
        <div class="buttons">{props.buttons}</div>
        <dl class="clock-next">
          {props.upcoming.map(({ when, what }) => (
            <div>
              <dt>{when}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

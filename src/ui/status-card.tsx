import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';

/** Where a resident's request stands: today, the state in the words of spec §4.3, who does what before when. */
export function StatusCard(props: {
  t: PublicTranslate;
  /** « Aujourd’hui, lundi 30 novembre » */
  today: string;
  state: string;
  /** Who does what before when. */
  next?: Child;
  /** All the steps in words; `current` counts from 0, and equals the number of steps when all are done. */
  steps?: { labels: readonly string[]; current: number } | undefined;
  /** « Et après ? », « Et si personne ne m’appelle ? » */
  questions?: readonly { question: string; answer: Child }[] | undefined;
}) {
  const { t, steps, questions = [] } = props;
  return (
    <section class="status-card" aria-labelledby="status-title">
      <div class="status-band">
        <p>{props.today}</p>
        <h2 id="status-title">{props.state}</h2>
        {props.next && <p>{props.next}</p>}
      </div>
      {steps && (
        <ol class="status-steps" aria-label={t('ui.progress')}>
          {steps.labels.map((label, index) => (
            <li
              class={index < steps.current ? 'status-done' : undefined}
              aria-current={index === steps.current ? 'step' : undefined}
            >
              {label}
            </li>
          ))}
        </ol>
      )}
      {questions.length > 0 && (
        <div class="status-questions">
          {questions.map(({ question, answer }) => (
            <>
              <h3>{question}</h3>
              <p>{answer}</p>
            </>
          ))}
        </div>
      )}
    </section>
  );
}

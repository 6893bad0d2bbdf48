import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';

export interface NowCell {
  /** In bold: a name, a date, an instant. */
  readonly main: Child;
  readonly detail?: Child;
}

/** The top of a case: who is waited for, until when, and what happens if nobody acts. Actions come under it. */
export function NowPanel(props: {
  t: Translate;
  wait?: { waitingFor: NowCell; due: NowCell; otherwise: NowCell } | undefined;
  children?: Child;
}) {
  const { t, wait } = props;
  return (
    <section class={wait ? 'now now-waiting' : 'now'}>
      <h2 class="spoken">{t('work.now.title')}</h2>
      {wait ? (
        <dl class="now-cells">
          <Cell term={t('work.now.waitingFor')} cell={wait.waitingFor} />
          <Cell term={t('work.now.due')} cell={wait.due} />
          <Cell term={t('work.now.otherwise')} cell={wait.otherwise} />
        </dl>
      ) : (
        <p class="now-nothing">{t('work.now.nothing')}</p>
      )}
      {props.children && <div class="now-actions">{props.children}</div>}
    </section>
  );
}

function Cell({ term, cell }: { term: string; cell: NowCell }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <strong>{cell.main}</strong>
        {cell.detail && <span>{cell.detail}</span>}
      </dd>
    </div>
  );
}

import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { Pictogram } from './pictogram.tsx';

export type StatusKind = 'neutral' | 'waiting' | 'done' | 'danger';

/** Short words in a box; the words alone carry the meaning. */
export function StatusChip({ kind = 'neutral', children }: { kind?: StatusKind | undefined; children?: Child }) {
  return (
    <span class={`chip chip-${kind}`}>
      {kind === 'danger' && <Pictogram name="triangle" />}
      {children}
    </span>
  );
}

export type DeadlineKind = 'neutral' | 'tonight' | 'late';

/**
 * A date to hold: `label` in words (« mar. 1er déc. »), `datetime` for machines (`2026-12-01`).
 * Tonight is said « ce soir »; a date that passed keeps its date.
 */
export function DeadlineChip(props: {
  t: Translate;
  kind?: DeadlineKind | undefined;
  label: string;
  datetime: string;
}) {
  const { t, kind = 'neutral' } = props;
  return (
    <time class={`chip deadline deadline-${kind}`} datetime={props.datetime}>
      {kind !== 'neutral' && <Pictogram name="clock" />}
      {kind === 'late' && <span class="spoken">{t('work.deadline.late')} </span>}
      {kind === 'tonight' ? t('work.deadline.tonight') : props.label}
    </time>
  );
}

/** Whoever is waited for, when that is the reader. */
export function You({ t }: { t: Translate }) {
  return <span class="you">{t('work.list.you')}</span>;
}

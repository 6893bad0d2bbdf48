import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import type { PictogramName } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';

export type TimelineKind = 'act' | 'mail' | 'mail-skipped' | 'escalation' | 'now' | 'planned';

export interface TimelineEntry {
  readonly kind: TimelineKind;
  /** « jeu. 26 nov. » */
  readonly date: string;
  /** « 14 h 20 » */
  readonly time?: string | undefined;
  readonly datetime: string;
  /** A whole sentence: the sign beside it only repeats its kind. */
  readonly what: Child;
  /** To whom, by whom; for a mail that was skipped, the reason. */
  readonly detail?: Child;
  /** A note, with who may read it. */
  readonly note?: { readonly text: Child; readonly readBy: string } | undefined;
  /** Another sign than the usual one of its kind. */
  readonly sign?: PictogramName | undefined;
}

const signs = {
  act: 'check',
  mail: 'mail',
  'mail-skipped': 'mail-crossed',
  escalation: 'up',
  now: 'clock',
  planned: 'clock',
} satisfies Record<TimelineKind, PictogramName>;

/** The story of a case, in the order given: newest first, what is planned on top. */
export function Timeline({ t, entries }: { t: Translate; entries: readonly TimelineEntry[] }) {
  return (
    <ol class="timeline">
      {entries.map((entry) => (
        <li class={`timeline-${entry.kind}`}>
          <time class="timeline-date" datetime={entry.datetime}>
            <strong>{entry.kind === 'now' ? t('work.timeline.today') : entry.date}</strong>
            <span>{subline(t, entry)}</span>
          </time>
          <span class="timeline-sign">
            <Pictogram name={entry.sign ?? signs[entry.kind]} />
          </span>
          <div class="timeline-text">
            <p class="timeline-what">{entry.what}</p>
            {entry.detail && <p class="about">{entry.detail}</p>}
            {entry.note && (
              <p class="timeline-note">
                {entry.note.text} <span class="about">{entry.note.readBy}</span>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function subline(t: Translate, entry: TimelineEntry): string {
  if (entry.kind === 'now') return entry.date;
  const planned = entry.kind === 'planned' ? t('work.timeline.planned') : '';
  return [planned, entry.time].filter(Boolean).join(', ');
}
